import type { CallOptions, HttpClient, HttpRequest } from "@infisical/core";
import {
  apiPath,
  folderPath,
  listOf,
  type OptionRules,
  optionError,
  requireFlag,
  requireText,
} from "@infisical/core/authoring";
import { isMissingRoute } from "./api-version.ts";

/**
 * Which secrets to move, and where to.
 *
 * @example
 * await client.secrets().move({
 *   projectId,
 *   secretIds: ["a-secret-id"],
 *   sourceEnvironment: "dev",
 *   sourceSecretPath: "/shop",
 *   destinationEnvironment: "staging",
 *   destinationSecretPath: "/shop",
 *   shouldOverwrite: true,
 * });
 */
export interface MoveSecretsOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /** The slug of the environment in which the secrets are. */
  readonly sourceEnvironment: string;
  /**
   * The path of their folder.
   *
   * @defaultValue "/"
   */
  readonly sourceSecretPath?: string | undefined;
  /** The slug of the environment to move them to. */
  readonly destinationEnvironment: string;
  /**
   * The path of the folder to move them to, which must exist.
   *
   * @defaultValue "/"
   */
  readonly destinationSecretPath?: string | undefined;
  /** The ids of the secrets, at least one: a list or a get returns them. */
  readonly secretIds: readonly string[];
  /**
   * Whether to replace secrets of the same name at the destination; otherwise the call fails if one has another value.
   *
   * @defaultValue false
   */
  readonly shouldOverwrite?: boolean | undefined;
}

/** What a move has changed. */
export interface MoveSecretsResponse {
  /** Whether the secrets are gone from the source; `false` if that became an approval request. */
  readonly isSourceUpdated: boolean;
  /** Whether they are at the destination; `false` if that became an approval request. */
  readonly isDestinationUpdated: boolean;
}

/** The rules of the options of a move. */
export const moveRules: OptionRules = {
  projectId: requireText,
  sourceEnvironment: requireText,
  "sourceSecretPath?": folderPath,
  destinationEnvironment: requireText,
  "destinationSecretPath?": folderPath,
  secretIds: atLeastOneId,
  "shouldOverwrite?": requireFlag,
};

function atLeastOneId(option: string, value: unknown): unknown {
  const ids = listOf(requireText)(option, value) as readonly string[];
  if (ids.length === 0) throw optionError(option, "must have at least one id");
  // The server counts them, and would call a repeated id invalid.
  return [...new Set(ids)];
}

/** Moves secrets by v4, or on an older server by v3, which knows projects by their slug. */
export async function moveSecrets(
  http: HttpClient,
  options: MoveSecretsOptions,
): Promise<MoveSecretsResponse> {
  const {
    projectId,
    signal,
    timeout,
    sourceSecretPath = "/",
    destinationSecretPath = "/",
    ...others
  } = options;
  const fields = { ...others, sourceSecretPath, destinationSecretPath };
  const move = (version: "v3" | "v4", project: object): HttpRequest => ({
    operation: "secrets.move",
    method: "POST",
    path: `/api/${version}/secrets/move`,
    body: { ...project, ...fields },
    signal,
    timeout,
    expect: { isSourceUpdated: "boolean", isDestinationUpdated: "boolean" },
  });
  try {
    return await http.request(move("v4", { projectId }));
  } catch (error) {
    if (!isMissingRoute(error)) throw error;
  }
  const { workspace } = await http.request<{ workspace: { slug: string } }>({
    operation: "projects.get",
    method: "GET",
    path: apiPath`/api/v1/workspace/${{ projectId }}`,
    signal,
    timeout,
    expect: { workspace: { slug: "string" } },
  });
  return http.request(move("v3", { projectSlug: workspace.slug }));
}
