import type { ResponseShape } from "@infisical/core";

/** An environment as it stands on its project. */
export interface ProjectEnvironment {
  /** The environment's id. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** Its slug, as other calls take it. */
  readonly slug: string;
}

/** A project as the server sends it. */
export interface Project {
  /** The project's id, as other calls take it. */
  readonly id: string;
  /** The same as `id`, for older clients. */
  readonly _id: string;
  /** Its name. */
  readonly name: string;
  /** Its slug, unique in the organization. */
  readonly slug: string;
  /** Its description; servers of 2024 have none. */
  readonly description?: string | null;
  /** What it is for, e.g. `"secret-manager"`; servers of 2024 leave it out. */
  readonly type?: string;
  /** The id of its organization. */
  readonly orgId: string;
  /** Its environments, in their order. */
  readonly environments: readonly ProjectEnvironment[];
  /** Whether names of secrets are capitalized in the web interface. */
  readonly autoCapitalization?: boolean | null;
  /** Whether it refuses to be deleted. */
  readonly hasDeleteProtection?: boolean | null;
  /** How many snapshots are kept for a recovery. */
  readonly pitVersionLimit?: number;
  /** How long audit logs are kept, in days. */
  readonly auditLogsRetentionDays?: number | null;
  /** When it was made, as an ISO date. */
  readonly createdAt: string;
  /** When it was last changed, as an ISO date. */
  readonly updatedAt: string;
}

/** Somebody's membership in a project. */
export interface Membership {
  /** The membership's id. */
  readonly id: string;
  /** The id of the user. */
  readonly userId: string;
  /** The id of the project. */
  readonly projectId: string;
  /** When it was made, as an ISO date. */
  readonly createdAt: string;
  /** When it was last changed, as an ISO date. */
  readonly updatedAt: string;
}

/** What a response must have of a project. */
export const projectShape: ResponseShape = {
  id: "string",
  "_id?": "string",
  name: "string",
  slug: "string",
  "description?": "string",
  "type?": "string",
  "orgId?": "string",
  environments: [{ "id?": "string", name: "string", slug: "string" }],
  "autoCapitalization?": "boolean",
  "hasDeleteProtection?": "boolean",
  "pitVersionLimit?": "number",
  "auditLogsRetentionDays?": "number",
  "createdAt?": "string",
  "updatedAt?": "string",
};

/** What a response must have of a membership. */
export const membershipShape: ResponseShape = {
  id: "string",
  "userId?": "string",
  "projectId?": "string",
  "createdAt?": "string",
  "updatedAt?": "string",
};
