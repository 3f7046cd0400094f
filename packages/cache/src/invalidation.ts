import { folderPath, parseCallOptions, requireText } from "@infisical/core/authoring";
import type { RequestShape } from "./shared-request.ts";

/** The location of a secret whose kept value is no longer valid. */
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

/** Checks the options of `invalidate`. */
export function parseLocation(options: InvalidateOptions): InvalidateOptions {
  return parseCallOptions(options, {
    projectId: requireText,
    environment: requireText,
    "secretPath?": folderPath,
    "secretName?": requireText,
  });
}

/** Routes whose responses contain no secret's value unless their path contains "secret". */
const withoutValues = /^\/api\/v\d+\/(?:folders|kms|projects|workspace)\b(?!.*secret)/;

/** Routes whose parameters tell which secrets the response contains: those of a list, or one by name. */
const secretRoutes = /^\/api\/(?:v3\/secrets\/raw|v4\/secrets)(?:\/([^/]+))?$/;

/**
 * Whether the response to a read can contain a secret; if in doubt, it can. A reference may repeat a value anywhere in
 * its project, and an import in other folders, so the location counts only for reads without them.
 */
export function mayContain({ path, query = {} }: RequestShape, secret: InvalidateOptions): boolean {
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
