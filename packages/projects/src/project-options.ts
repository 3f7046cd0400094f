import type { CallOptions } from "@infisical/core";
import { listOf, type OptionRules, requireFlag, requireString, requireText } from "@infisical/core/authoring";
import type { ProjectsApi } from "./projects.ts";

/**
 * The project to create.
 *
 * @example
 * await client.projects().create({
 *   projectName: "Web shop",
 *   projectDescription: "The shop and its workers",
 *   type: "secret-manager",
 *   template: "default",
 *   shouldCreateDefaultEnvs: false,
 *   hasDeleteProtection: true,
 *   kmsKeyId: "a-key-id",
 * });
 */
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

/**
 * Selects the project to get by its slug.
 *
 * @example
 * const project = await client.projects().getBySlug({ slug: "web-shop" });
 */
export interface GetProjectBySlugOptions extends CallOptions {
  /** The project's slug. */
  readonly slug: string;
}

/** Selects the projects to list. */
export interface ListProjectsOptions extends CallOptions {
  /**
   * Their purpose, such as `"secret-manager"` or `"kms"`; older servers ignore it and list all.
   *
   * @defaultValue all projects
   */
  readonly type?: string | undefined;
}

/** The changes to a project, at least one; what is omitted stays the same. */
export interface ProjectChanges {
  /** A new name, up to 64 characters. */
  readonly name?: string | undefined;
  /** A new description; empty for none. */
  readonly description?: string | undefined;
  /** Whether the web interface capitalizes names of secrets. */
  readonly autoCapitalization?: boolean | undefined;
  /** Whether to protect it from deletion. */
  readonly hasDeleteProtection?: boolean | undefined;
}

/**
 * Selects the project to change, by `projectId` or `slug`, and the changes. Its slug changes by `projectId` only.
 *
 * @example
 * await client.projects().update({
 *   projectId,
 *   name: "Shop",
 *   newSlug: "shop",
 *   description: "All shops",
 *   autoCapitalization: true,
 * });
 */
export type UpdateProjectOptions = CallOptions &
  ProjectChanges &
  (
    | {
        /** The project's id. */
        readonly projectId: string;
        /** A new slug: up to 64 lower-case letters and digits, with single hyphens or underscores between them. */
        readonly newSlug?: string | undefined;
        /** Mutually exclusive with `projectId`. */
        readonly slug?: undefined;
      }
    | {
        /** The project's slug. */
        readonly slug: string;
        /** Mutually exclusive with `slug`. */
        readonly projectId?: undefined;
        /** Mutually exclusive with `slug`. */
        readonly newSlug?: undefined;
      }
  );

/** Selects the project to delete, by `projectId` or `slug`. */
export type DeleteProjectOptions = GetProjectOptions;

/**
 * The people to invite, and their roles; requires at least one of `emails` and `usernames`.
 *
 * @example
 * await client.projects().inviteMembers({
 *   projectId,
 *   emails: ["ada@example.com"],
 *   usernames: ["grace"],
 *   roleSlugs: ["viewer"],
 * });
 */
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

const texts = listOf(requireText);
const which: OptionRules = { "projectId?": requireText, "slug?": requireText };
const changes: OptionRules = {
  "name?": requireText,
  "description?": requireString,
  "newSlug?": requireText,
  "autoCapitalization?": requireFlag,
  "hasDeleteProtection?": requireFlag,
};

/** The names of what can be changed. */
export const changeable: readonly string[] = Object.keys(changes).map((name) => name.slice(0, -1));

/** The rules of all options. */
export const projectRules: Readonly<Record<keyof ProjectsApi, OptionRules>> = {
  create: {
    projectName: requireText,
    "type?": requireText,
    "projectDescription?": requireString,
    "slug?": requireText,
    "template?": requireText,
    "kmsKeyId?": requireText,
    "shouldCreateDefaultEnvs?": requireFlag,
    "hasDeleteProtection?": requireFlag,
  },
  list: { "type?": requireText },
  get: which,
  getBySlug: { slug: requireText },
  update: { ...which, ...changes },
  delete: which,
  inviteMembers: { projectId: requireText, "emails?": texts, "usernames?": texts, "roleSlugs?": texts },
};
