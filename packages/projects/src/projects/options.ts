import type { CallOptions } from "@infisical/core";
import { listOf, type OptionRules, requireFlag, requireString, requireText } from "@infisical/core/authoring";

/** What a new project is to be. */
export interface CreateProjectOptions extends CallOptions {
  /** Its name, up to 64 characters. */
  readonly projectName: string;
  /**
   * What it is for: `"secret-manager"`, `"cert-manager"`, `"kms"`, `"ssh"`, or what newer servers offer.
   *
   * @defaultValue "secret-manager"
   */
  readonly type?: string | undefined;
  /** A description, up to 1024 characters. */
  readonly projectDescription?: string | undefined;
  /**
   * Its slug: 5 to 64 lower-case letters and digits, with single hyphens between them.
   *
   * @defaultValue made from the name, with a few characters of chance behind
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
   * Whether it starts with `dev`, `staging` and `prod`; servers of 2024 always make them.
   *
   * @defaultValue true
   */
  readonly shouldCreateDefaultEnvs?: boolean | undefined;
  /**
   * Whether it refuses to be deleted.
   *
   * @defaultValue false
   */
  readonly hasDeleteProtection?: boolean | undefined;
}

/** Which project to get: `projectId` or `slug`. */
export type GetProjectOptions = CallOptions &
  (
    | {
        /** The project's id. */
        readonly projectId: string;
        /** Not beside `projectId`. */
        readonly slug?: undefined;
      }
    | {
        /** The project's slug. */
        readonly slug: string;
        /** Not beside `slug`. */
        readonly projectId?: undefined;
      }
  );

/** Whom to invite, and as what: at least one of `emails` and `usernames`. */
export interface InviteMemberToProjectOptions extends CallOptions {
  /** The project's id. */
  readonly projectId: string;
  /** Their addresses, in lower case. */
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

/** The options' rules, by call. */
export const optionRules: Readonly<Record<"create" | "get" | "inviteMembers", OptionRules>> = {
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
  get: { "projectId?": requireText, "slug?": requireText },
  inviteMembers: { projectId: requireText, "emails?": texts, "usernames?": texts, "roleSlugs?": texts },
};
