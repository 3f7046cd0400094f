import type { ResponseShape } from "@infisical/core";

/** An environment in its project. */
export interface ProjectEnvironment {
  /** The environment's id. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** Its slug, which other calls accept as `environment`. */
  readonly slug: string;
}

/** A project without its environments, as the server sends it after a change. */
export interface ProjectInfo {
  /** The project's id, which other calls accept as `projectId`. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** Its slug, unique in the organization. */
  readonly slug: string;
  /** Its description; older servers have none. */
  readonly description?: string | null;
  /** Its purpose, for example `"secret-manager"`; older servers omit it. */
  readonly type?: string;
  /** The id of its organization. */
  readonly orgId: string;
  /** Whether the web interface capitalizes names of secrets. */
  readonly autoCapitalization?: boolean | null;
  /** Whether it is protected from deletion. */
  readonly hasDeleteProtection?: boolean | null;
  /** How many snapshots are kept for recovery. */
  readonly pitVersionLimit?: number;
  /** How long audit logs are kept, in days. */
  readonly auditLogsRetentionDays?: number | null;
  /** When it was created, as an ISO date. */
  readonly createdAt: string;
  /** When it was last changed, as an ISO date. */
  readonly updatedAt: string;
}

/** A project with its environments. */
export interface Project extends ProjectInfo {
  /** The same as `id`, for older clients. */
  readonly _id: string;
  /** Its environments, in order. */
  readonly environments: readonly ProjectEnvironment[];
}

/** The membership of a user in a project. */
export interface Membership {
  /** The membership's id. */
  readonly id: string;
  /** The id of the user. */
  readonly userId: string;
  /** The id of the project. */
  readonly projectId: string;
  /** When it was created, as an ISO date. */
  readonly createdAt: string;
  /** When it was last changed, as an ISO date. */
  readonly updatedAt: string;
}

/** The fields of a project that every response has or may have. */
export const projectInfoShape: ResponseShape = {
  id: "string",
  name: "string",
  slug: "string",
  "description?": "string",
  "type?": "string",
  "orgId?": "string",
  "autoCapitalization?": "boolean",
  "hasDeleteProtection?": "boolean",
  "pitVersionLimit?": "number",
  "auditLogsRetentionDays?": "number",
  "createdAt?": "string",
  "updatedAt?": "string",
};

/** A project of a response that has its environments. */
export const projectShape: ResponseShape = {
  ...projectInfoShape,
  "_id?": "string",
  environments: [{ "id?": "string", name: "string", slug: "string" }],
};

/** A new membership. */
export const membershipShape: ResponseShape = {
  id: "string",
  "userId?": "string",
  "projectId?": "string",
  "createdAt?": "string",
  "updatedAt?": "string",
};
