import { type ZodTypeAny, z } from "zod";
import { validate } from "../http/validate.js";
import type { SecretFields } from "../secrets/write-secret.js";
import { type ProjectFields, projectFields, type Spelling } from "./project-fields.js";
import { secretPath, secretType, trimmed } from "./schemas.js";
import { changedSecretFields, newSecretFields } from "./secret-fields.js";

/** The body of a write to one secret. */
export interface SecretWriteRequest extends ProjectFields, SecretFields {
  readonly environment: string;
  readonly secretPath: string;
  readonly type: "shared" | "personal";
  readonly newSecretName?: string | undefined;
}

/** Reads the body of a creation. */
export function readCreateRequest(spelling: Spelling, body: unknown): SecretWriteRequest {
  return read(spelling, body, newSecretFields);
}

/** Reads the body of an update. */
export function readUpdateRequest(spelling: Spelling, body: unknown): SecretWriteRequest {
  return read(spelling, body, {
    ...changedSecretFields,
    secretReminderRecipients: z.array(z.string()).optional(),
  });
}

/** Reads the body of a deletion. */
export function readDeleteRequest(spelling: Spelling, body: unknown): SecretWriteRequest {
  return read(spelling, body, {});
}

function read(
  spelling: Spelling,
  body: unknown,
  fields: Readonly<Record<string, ZodTypeAny>>,
): SecretWriteRequest {
  const schema = z.object({
    ...projectFields(spelling, body),
    environment: trimmed,
    secretPath,
    ...fields,
    type: secretType.default("shared"),
  });
  return validate(schema, body) as SecretWriteRequest;
}
