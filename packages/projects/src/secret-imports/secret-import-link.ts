import type { ResponseShape } from "@infisical/core";

/** The link by which a folder imports the secrets of another one. */
export interface SecretImportLink {
  /** The link's id. */
  readonly id: string;
  /** The path that is imported. */
  readonly importPath: string;
  /** The environment that is imported from. */
  readonly importEnv: {
    /** The environment's id. */
    readonly id: string;
    /** The environment's name. */
    readonly name: string;
    /** The environment's slug. */
    readonly slug: string;
  };
  /** Its place among the imports of its folder, from 1; on a clash the last one wins. */
  readonly position: number;
  /** The id of the folder that imports. */
  readonly folderId: string;
  /** Counts its changes, from 1. */
  readonly version?: number | null;
  /** Whether secrets are copied instead of being looked up. */
  readonly isReplication?: boolean | null;
  /** When it was last copied, as an ISO date. */
  readonly lastReplicated?: string | null;
  /** Whether the last copy succeeded. */
  readonly isReplicationSuccess?: boolean | null;
  /** Why it did not. */
  readonly replicationStatus?: string | null;
  /** Whether the server keeps it for itself. */
  readonly isReserved?: boolean | null;
  /** When it was made, as an ISO date. */
  readonly createdAt: string;
  /** When it was last changed, as an ISO date. */
  readonly updatedAt: string;
}

/** What a response must have of one. */
export const secretImportShape: ResponseShape = {
  id: "string",
  importPath: "string",
  importEnv: { "id?": "string", "name?": "string", slug: "string" },
  "position?": "number",
  "folderId?": "string",
  "version?": "number",
  "isReplication?": "boolean",
  "lastReplicated?": "string",
  "isReplicationSuccess?": "boolean",
  "replicationStatus?": "string",
  "isReserved?": "boolean",
  "createdAt?": "string",
  "updatedAt?": "string",
};
