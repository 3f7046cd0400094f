import { type ZodTypeAny, z } from "zod";
import { validate } from "../http/validate.ts";
import type { SecretFields } from "../secrets/write-secret.ts";
import { type ProjectFields, projectFields, type SecretsApiVersion } from "./project-fields.ts";
import { secretPath, secretType, trimmed } from "./schemas.ts";
import { changedSecretFields, newSecretFields } from "./secret-fields.ts";

/** The body of a write to one secret. */
export interface SecretWriteRequest extends ProjectFields, SecretFields {
  readonly environment: string;
  readonly secretPath: string;
  readonly type: "shared" | "personal";
  readonly newSecretName?: string | undefined;
}

/** Reads the body of a creation. */
export function readCreateRequest(apiVersion: SecretsApiVersion, body: unknown): SecretWriteRequest {
  return read(apiVersion, body, newSecretFields);
}

/** Reads the body of an update. */
export function readUpdateRequest(apiVersion: SecretsApiVersion, body: unknown): SecretWriteRequest {
  return read(apiVersion, body, {
    ...changedSecretFields,
    secretReminderRecipients: z.array(z.string()).optional(),
  });
}

/** Reads the body of a deletion. */
export function readDeleteRequest(apiVersion: SecretsApiVersion, body: unknown): SecretWriteRequest {
  return read(apiVersion, body, {});
}

function read(
  apiVersion: SecretsApiVersion,
  body: unknown,
  fields: Readonly<Record<string, ZodTypeAny>>,
): SecretWriteRequest {
  const schema = z.object({
    ...projectFields(apiVersion, body),
    environment: trimmed,
    secretPath,
    ...fields,
    type: secretType.default("shared"),
  });
  return validate(schema, body) as SecretWriteRequest;
}
