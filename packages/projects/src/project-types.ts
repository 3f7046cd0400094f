import type { CallOptions } from "@infisical/core";

/** An environment in its project. */
export interface ProjectEnvironment {
  /** The environment's id. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** Its slug, which other calls accept as `environment`. */
  readonly slug: string;
}

/** A project as the server sends it. */
export interface Project {
  /** The project's id, which other calls accept as `projectId`. */
  readonly id: string;
  /** The same as `id`, for older clients. */
  readonly _id: string;
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
  /** Its environments, in order. */
  readonly environments: readonly ProjectEnvironment[];
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

/** The project to create. */
export interface CreateProjectOptions extends CallOptions {
  /** Its name, up to 64 characters. */
  readonly projectName: string;
  /**
   * Its purpose: `"secret-manager"`, `"cert-manager"`, `"kms"`, `"ssh"`, or what newer servers offer.
   *
   * @defaultValue "secret-manager"
   */
  readonly type?: string | undefined;
  /** A description, up to 1024 characters. */
  readonly projectDescription?: string | undefined;
  /**
   * Its slug: 5 to 64 lower-case letters and digits, with single hyphens between them.
   *
   * @defaultValue derived from the name, plus a short random suffix
   */
  readonly slug?: string | undefined;
  /**
   * The slug of the project template to follow.
   *
   * @defaultValue "default"
   */
  readonly template?: string | undefined;
  /**
   * The id of the external KMS that encrypts it.
   *
   * @defaultValue the server's own
   */
  readonly kmsKeyId?: string | undefined;
  /**
   * Whether to create `dev`, `staging` and `prod`; older servers always do.
   *
   * @defaultValue true
   */
  readonly shouldCreateDefaultEnvs?: boolean | undefined;
  /**
   * Whether to protect it from deletion.
   *
   * @defaultValue false
   */
  readonly hasDeleteProtection?: boolean | undefined;
}

/** Selects the project to get, by `projectId` or `slug`. */
export type GetProjectOptions = CallOptions &
  (
    | {
        /** The project's id. */
        readonly projectId: string;
        /** Mutually exclusive with `projectId`. */
        readonly slug?: undefined;
      }
    | {
        /** The project's slug. */
        readonly slug: string;
        /** Mutually exclusive with `slug`. */
        readonly projectId?: undefined;
      }
  );

/** The people to invite, and their roles; requires at least one of `emails` and `usernames`. */
export interface InviteMemberToProjectOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /** Their email addresses, in lower case. */
  readonly emails?: readonly string[] | undefined;
  /** Their user names, in lower case. */
  readonly usernames?: readonly string[] | undefined;
  /**
   * The slugs of their roles.
   *
   * @defaultValue ["member"]
   */
  readonly roleSlugs?: readonly string[] | undefined;
}
