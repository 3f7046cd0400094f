import { ApiError, badRequest } from "../http/api-error.ts";
import type { DynamicSecret } from "../state/dynamic-secret-entities.ts";

/** The values that a username template can use. */
export interface UsernameParts {
  readonly randomUsername: string;
  readonly unixTimestamp: string;
  readonly identityName: string;
}

/** The name of a new user: a random one, or one by the dynamic secret's template. */
export function usernameFor({ name, type, usernameTemplate }: DynamicSecret, parts: UsernameParts): string {
  if (!usernameTemplate) return parts.randomUsername;
  const variables: Readonly<Record<string, string>> = {
    randomUsername: parts.randomUsername,
    unixTimestamp: parts.unixTimestamp,
    "identity.name": parts.identityName,
    "dynamicSecret.name": name,
    "dynamicSecret.type": type,
  };
  const username = usernameTemplate.replace(/\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const value = variables[expression];
    if (value === undefined) throw helperNotImplemented(expression);
    return value;
  });
  if (/^[A-Za-z0-9_-]{1,128}$/.test(username)) return username;
  throw badRequest("Username template gives an invalid username");
}

function helperNotImplemented(expression: string): ApiError {
  const message = `@infisical/test-server does not implement {{${expression}}} in a username template`;
  return new ApiError(501, "NotImplemented", message);
}
