import { folderPath, parseCallOptions, requireText } from "@infisical/core/authoring";
import type { RequestShape } from "./same-request.ts";

/** Where a secret is whose kept value is of no use any more. */
export interface InvalidateOptions {
  /** The project's id. */
  readonly projectId: string;
  /** The environment's slug. */
  readonly environment: string;
  /**
   * The folder's path.
   *
   * @defaultValue "/"
   */
  readonly secretPath?: string | undefined;
  /**
   * The secret's name.
   *
   * @defaultValue every secret of the folder
   */
  readonly secretName?: string | undefined;
}

/** Checks where a secret is. */
export function parseLocation(options: InvalidateOptions): InvalidateOptions {
  return parseCallOptions(options, {
    projectId: requireText,
    environment: requireText,
    "secretPath?": folderPath,
    "secretName?": requireText,
  });
}

/** Routes that show no secret's value, unless "secret" is in their path. */
const withoutValues = /^\/api\/v\d+\/(?:folders|kms|projects|workspace)\b(?!.*secret)/;

/** The routes whose parameters tell which secrets are in the response: a list, or one secret by its name. */
const secretRoutes = /^\/api\/(?:v3\/secrets\/raw|v4\/secrets)(?:\/([^/]+))?$/;

/**
 * Whether the response to a read can hold a secret: in doubt it can. A reference may repeat a value anywhere in its
 * project, and an import in other folders, so the place counts only for reads without them.
 */
export function mayHold({ path, query = {} }: RequestShape, secret: InvalidateOptions): boolean {
  const projects = [query["projectId"], query["workspaceId"]].filter((id) => id !== undefined);
  if (projects.length > 0 && !projects.includes(secret.projectId)) return false;
  if (withoutValues.test(path)) return false;
  const route = secretRoutes.exec(path);
  if (!route || query["expandSecretReferences"] !== false || query["include_imports"] !== false) return true;
  const [, name] = route;
  if (name !== undefined && secret.secretName !== undefined && isOther(name, secret.secretName)) return false;
  if (query["environment"] !== secret.environment) return false;
  const asked = withSlash(query["secretPath"]);
  const wanted = withSlash(secret.secretPath);
  return wanted === asked || (query["recursive"] === true && wanted.startsWith(asked));
}

function isOther(encodedName: string, name: string): boolean {
  try {
    return decodeURIComponent(encodedName) !== name;
  } catch {
    return false;
  }
}

function withSlash(path: unknown = "/"): string {
  return `/${String(path)}/`.replace(/\/+/g, "/");
}
