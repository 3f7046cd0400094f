import { z } from "zod";
import {
  accepting,
  boolean,
  type Check,
  issuesOf,
  list,
  matching,
  name,
  number,
  type ObjectOf,
  object,
  oneOf,
  optional,
  path,
  record,
  schemaOf,
  slug,
  text,
  uuid,
} from "../engine/check.ts";
import { ttl } from "../resources/dynamic-secrets/dynamic-secret.ts";
import { provider } from "../resources/dynamic-secrets/provider-inputs.ts";

const environmentSeed = object({
  /** Its display name. */
  name,
  /** Its slug, as calls use it. */
  slug,
});

/** An environment of a seeded project. */
export interface EnvironmentSeed extends ObjectOf<typeof environmentSeed.fields> {}

const secretSeed = object({
  /** Its value, which can reference others as `${NAME}`. */
  value: text,
  /**
   * Its comment.
   *
   * @defaultValue none
   */
  comment: optional(text),
  /** Slugs of tags of the project. */
  tags: optional(list(slug)),
  /** The `secretMetadata` of the API. */
  metadata: optional(record(text)),
  /**
   * Whether the API's `skipMultilineEncoding` is set.
   *
   * @defaultValue false
   */
  skipMultilineEncoding: optional(boolean),
  /**
   * The note of its reminder.
   *
   * @defaultValue none
   */
  reminderNote: optional(text),
  /**
   * The number of days between its reminders.
   *
   * @defaultValue no reminders
   */
  reminderRepeatDays: optional(number),
});

/**
 * A secret that exists from the start.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   projects: [
 *     {
 *       name: "Shop",
 *       slug: "shop",
 *       environments: [{ name: "Development", slug: "dev" }],
 *       secrets: {
 *         dev: {
 *           "/": {
 *             API_KEY: {
 *               value: "an example",
 *               metadata: { owner: "payments" },
 *               reminderNote: "replace it",
 *               reminderRepeatDays: 90,
 *               skipMultilineEncoding: true,
 *             },
 *           },
 *         },
 *       },
 *     },
 *   ],
 * });
 */
export interface SecretSeed extends ObjectOf<typeof secretSeed.fields> {}

/** The secrets of one folder by name, each a value or a value with further fields. */
export type FolderSecretsSeed = Readonly<Record<string, string | SecretSeed>>;

/** Not a union of zod's, whose issues do not name the wrong field. */
const secretOrValue = accepting<string | SecretSeed>(
  z.unknown().superRefine((value, context) => {
    const isObject = typeof value === "object" && value !== null;
    if (isObject)
      for (const issue of issuesOf(secretSeed, value)) context.addIssue({ ...issue, code: "custom" });
    else if (typeof value !== "string") {
      context.addIssue({ code: "custom", message: "must be a string, or an object with a value" });
    }
  }),
);

const dynamicSecretSeed = object({
  /** Its provider, such as `redis`. */
  type: text,
  /** The inputs of the provider. */
  inputs: record(z.unknown()),
  /**
   * How long a lease lasts when its request names no TTL, such as `"1h"`.
   *
   * @defaultValue "1h"
   */
  defaultTTL: optional(accepting<string>(ttl)),
  /**
   * How long a lease can be kept alive by renewing it, such as `"24h"`; `null` for no limit.
   *
   * @defaultValue "24h"
   */
  maxTTL: optional(accepting<string | null>(ttl.nullable())),
  /**
   * The template of user names.
   *
   * @defaultValue random names
   */
  usernameTemplate: optional(text),
  /**
   * Its metadata by key.
   *
   * @defaultValue none
   */
  metadata: optional(record(text)),
});

/**
 * A dynamic secret that exists from the start.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   projects: [
 *     {
 *       name: "Shop",
 *       slug: "shop",
 *       environments: [{ name: "Development", slug: "dev" }],
 *       dynamicSecrets: {
 *         dev: { "/": { orders: { type: "redis", inputs: {}, usernameTemplate: "app-{{random 4}}", metadata: { owner: "shop" } } } },
 *       },
 *     },
 *   ],
 * });
 */
export interface DynamicSecretSeed extends ObjectOf<typeof dynamicSecretSeed.fields> {}

/** The inputs of the provider are checked as the server checks them on creation. */
const checkedDynamicSecret: Check<DynamicSecretSeed> = schemaOf(dynamicSecretSeed).superRefine(
  ({ type, inputs }, context) => {
    for (const issue of issuesOf(provider, { type, inputs })) context.addIssue({ ...issue, code: "custom" });
  },
);

const importSeed = object({
  /** The slug of the importing environment. */
  environment: slug,
  /**
   * The path of the importing folder.
   *
   * @defaultValue "/"
   */
  path: optional(path),
  /** Where the secrets come from. */
  import: object({
    /** The slug of the imported environment. */
    environment: slug,
    /**
     * The path of the imported folder.
     *
     * @defaultValue "/"
     */
    path: optional(path),
  }),
});

/**
 * An import: a folder includes the secrets of another one.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   projects: [
 *     {
 *       name: "Shop",
 *       slug: "shop",
 *       environments: [{ name: "Development", slug: "dev" }],
 *       imports: [{ environment: "dev", path: "/shop", import: { environment: "dev", path: "/shared" } }],
 *     },
 *   ],
 * });
 */
export interface ImportSeed extends ObjectOf<typeof importSeed.fields> {}

const tagSeed = object({
  /** Its slug, unique in the project. */
  slug,
  /**
   * Its color, such as `"#0000ff"`.
   *
   * @defaultValue none
   */
  color: optional(text),
});

/**
 * A tag of a seeded project.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   projects: [
 *     {
 *       name: "Shop",
 *       slug: "shop",
 *       environments: [{ name: "Development", slug: "dev" }],
 *       tags: [{ slug: "database", color: "#0000ff" }],
 *     },
 *   ],
 * });
 */
export interface TagSeed extends ObjectOf<typeof tagSeed.fields> {}

const approvalSeed = object({
  /** The environment's slug. */
  environment: slug,
  /**
   * One path, or a path and everything below it (`/app/**`).
   *
   * @defaultValue the whole environment
   */
  path: optional(path),
});

/** Turns writes to an environment, or to a path in it, into approval requests. */
export interface ApprovalSeed extends ObjectOf<typeof approvalSeed.fields> {}

const dynamicSecretName = matching(
  /^[a-z0-9]+(-[a-z0-9]+)*$/,
  "must consist of lower-case letters, digits and -",
);

export const projectSeed = object({
  /** Its display name. */
  name,
  /** Its slug, by which identities and `projectId()` name it. */
  slug,
  /**
   * A UUID.
   *
   * @defaultValue one that is the same in every run
   */
  id: optional(uuid),
  /**
   * The product it is for. KMS keys need a project of type `kms`.
   *
   * @defaultValue "secret-manager"
   */
  type: optional(oneOf("secret-manager", "cert-manager", "kms", "ssh")),
  /** Its environments, in the order of their positions. */
  environments: list<EnvironmentSeed>(environmentSeed),
  /** Paths of folders by environment slug; parents are created as needed. */
  folders: optional(record(list(path))),
  /** Secrets by environment slug, folder path and name. */
  secrets: optional(record(record<FolderSecretsSeed>(record(secretOrValue), path))),
  /** Dynamic secrets by environment slug, folder path and name. */
  dynamicSecrets: optional(record(record(record(checkedDynamicSecret, dynamicSecretName), path))),
  /** What folders import from other folders, in the order of their positions. */
  imports: optional(list<ImportSeed>(importSeed)),
  /**
   * Its tags.
   *
   * @defaultValue none
   */
  tags: optional(list<TagSeed>(tagSeed)),
  /** Where writes become approval requests. */
  approvals: optional(list<ApprovalSeed>(approvalSeed)),
});

/**
 * A project that exists from the start.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   projects: [
 *     {
 *       name: "Shop",
 *       slug: "shop",
 *       environments: [{ name: "Development", slug: "dev" }],
 *       id: "7a3a5c0e-2f37-4d0c-8b7e-6b0f2f1f9f55",
 *       folders: { dev: ["/db", "/mail"] },
 *     },
 *   ],
 * });
 */
export interface ProjectSeed extends ObjectOf<typeof projectSeed.fields> {}

/** The folders of a seed by environment slug and path, in one list. */
export function seededFolders<Entry>(
  byEnvironment: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Entry>>>>>> = {},
) {
  return Object.entries(byEnvironment).flatMap(([environment, folders]) =>
    Object.entries(folders).map(([path, content]) => ({
      environment,
      path,
      entries: Object.entries(content),
    })),
  );
}
