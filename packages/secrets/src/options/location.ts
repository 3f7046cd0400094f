import type { CallOptions } from "@infisical/core";

/** Where secrets are. */
export interface SecretLocation extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /** The environment's slug. */
  readonly environment: string;
  /**
   * The folder's path. One without a slash at its start gets it; an empty part, `.` and `..` are refused.
   *
   * @defaultValue "/"
   */
  readonly secretPath?: string | undefined;
}
