import { type ZodTypeAny, z } from "zod";
import { validate } from "../http/validate.js";
import type { SecretFields } from "../secrets/write-secret.js";
import { type ProjectFields, projectFields, type Spelling } from "./project-fields.js";
import { secretMetadata, secretPath, secretType, secretValue, trimmed } from "./schemas.js";

/** The body of a write to one secret. */
export interface SecretWriteRequest extends ProjectFields, SecretFields {
  readonly environment: string;
  readonly secretPath: string;
  readonly type: "shared" | "personal";
  readonly newSecretName?: string | undefined;
}

const place = { environment: trimmed, secretPath };

const createFields = {
  ...place,
  secretValue,
  secretComment: trimmed.default(""),
  secretMetadata: secretMetadata.optional(),
  metadata: z.record(z.string()).optional(),
  tagIds: z.array(z.string()).optional(),
  skipMultilineEncoding: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  type: secretType.default("shared"),
  secretReminderRepeatDays: z.number().nullish(),
  secretReminderNote: z.string().max(1024).nullish(),
};

const updateFields = {
  ...createFields,
  secretValue: secretValue.optional(),
  secretComment: trimmed.optional(),
  skipMultilineEncoding: z.boolean().nullish(),
  secretReminderRecipients: z.array(z.string()).optional(),
  newSecretName: trimmed.min(1).optional(),
};

/** Reads the body of a creation. */
export function readCreateRequest(spelling: Spelling, body: unknown): SecretWriteRequest {
  return read(spelling, body, createFields);
}

/** Reads the body of an update. */
export function readUpdateRequest(spelling: Spelling, body: unknown): SecretWriteRequest {
  return read(spelling, body, updateFields);
}

/** Reads the body of a deletion. */
export function readDeleteRequest(spelling: Spelling, body: unknown): SecretWriteRequest {
  return read(spelling, body, { ...place, type: secretType.default("shared") });
}

function read(spelling: Spelling, body: unknown, fields: Record<string, ZodTypeAny>): SecretWriteRequest {
  const schema = z.object({ ...projectFields(spelling, body), ...fields });
  return validate(schema, body) as SecretWriteRequest;
}
