import { z } from "zod";
import { queryBoolean, trimmed } from "../../api/schemas.ts";
import { pathSegments } from "../folders/folders-state.ts";
import { projectFields } from "../projects/project.ts";

/** A name in a path or a batch. */
export const existingName = trimmed.min(1);

/** The name of a new secret. */
export const newName = existingName.refine((name) => !/[:/]/.test(name), {
  message: "Secret name cannot contain colon or forward slash.",
});

/** A path, with a leading slash, without trailing and double ones. */
export const secretPath = trimmed.default("/").transform(normalizedPath);

export const secretType = z.enum(["shared", "personal"]);

/** A value: trimmed, except for one trailing newline if it had any. */
const secretValue = z
  .string()
  .transform((value) => (value.at(-1) === "\n" ? `${value.trim()}\n` : value.trim()));

/** The metadata of a secret. A write replaces all of it. */
const secretMetadata = z.array(
  z.object({ key: trimmed.min(1), value: trimmed.default(""), isEncrypted: z.boolean().default(false) }),
);
export type SecretMetadata = z.infer<typeof secretMetadata>[number];

/** A free-form record. It has no effect. */
const metadata = z.record(z.string()).optional();

const reminder = {
  secretReminderRepeatDays: z.number().nullish(),
  secretReminderNote: z.string().max(1024, "Secret reminder note cannot exceed 1024 characters").nullish(),
};

const optionalFields = { secretMetadata: secretMetadata.optional(), tagIds: z.array(z.string()).optional() };

const created = z.object({
  secretValue,
  secretComment: trimmed.default(""),
  ...optionalFields,
  skipMultilineEncoding: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
});

const updated = z.object({
  secretValue: secretValue.optional(),
  ...optionalFields,
  skipMultilineEncoding: z.boolean().optional(),
  newSecretName: newName.optional(),
  ...reminder,
});

/** The content and the reminder in a write, whatever the route. */
export type ContentFields = Given<z.infer<typeof created>>;
export type ReminderFields = Given<z.infer<z.ZodObject<typeof reminder>>>;
type Given<Fields> = { readonly [Name in keyof Fields]?: Fields[Name] | undefined };

/** The fields of a creation, alone and in a batch. */
export const createFields = created.extend({ ...reminder, type: secretType.default("shared") });
export const createItem = z.object({ secretKey: newName }).merge(created).extend({ metadata });

/** The fields of an update, alone and in a batch. Omitted fields keep their value. */
export const updateFields = updated.extend({
  secretComment: z.string().optional(),
  type: secretType.default("shared"),
  metadata,
  secretReminderRecipients: z.array(z.string()).optional(),
});
export const updateItem = z
  .object({ secretKey: newName })
  .merge(updated)
  .extend({ secretPath: trimmed.transform(normalizedPath).optional(), secretComment: trimmed.optional() });

/** The versions of the secrets API. */
export type SecretsApiVersion = "v3" | "v4";

/** The fields of a write that say where: the older version takes the slug of the project too. */
export const writePlace = {
  v3: {
    ...projectFields({ workspaceId: trimmed.optional(), projectSlug: trimmed.optional() }),
    environment: trimmed,
    secretPath,
  },
  v4: { ...projectFields({ projectId: trimmed }), environment: trimmed, secretPath },
};

const read = { environment: trimmed.optional(), secretPath, viewSecretValue: queryBoolean("true") };

/** The fields of a read: the versions have other names of the project and of the imports, and other defaults. */
export const readFields = {
  v3: {
    ...projectFields({ workspaceId: trimmed.optional(), workspaceSlug: trimmed.optional() }),
    ...read,
    expandSecretReferences: queryBoolean("false"),
    include_imports: queryBoolean("false"),
    includeImports: z.unknown().transform((): boolean | undefined => undefined),
  },
  v4: {
    ...projectFields({ projectId: trimmed.optional() }),
    ...read,
    expandSecretReferences: queryBoolean("true"),
    include_imports: queryBoolean("true"),
    includeImports: queryBoolean("true").optional(),
  },
};

export function normalizedPath(path: string): string {
  return `/${pathSegments(path).join("/")}`;
}
