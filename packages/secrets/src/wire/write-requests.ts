import type { HttpRequest } from "@infisical/core";
import { checkNewName, checkValue } from "../checks/check-secret.ts";
import type { SecretLocation } from "../options/location.ts";
import type {
  CreateSecretOptions,
  DeleteSecretOptions,
  SecretFields,
  UpdateSecretOptions,
} from "../options/write-options.ts";
import type { Spelling, WriteMethod } from "./spelling.ts";
import { writeRequest } from "./write-request.ts";

/** The request that creates a secret. */
export function createRequest(
  spelling: Spelling,
  secretName: string,
  options: CreateSecretOptions,
): HttpRequest {
  const { type, secretValue } = options;
  checkNewName("secretName", secretName);
  checkValue("secretValue", secretValue);
  return writeOne(spelling, "POST", secretName, options, { type, secretValue, ...secretFields(options) });
}

/** The request that changes a secret. */
export function updateRequest(
  spelling: Spelling,
  secretName: string,
  options: UpdateSecretOptions,
): HttpRequest {
  const { type, secretValue, newSecretName, secretReminderRecipients } = options;
  if (secretValue !== undefined) checkValue("secretValue", secretValue);
  if (newSecretName !== undefined) checkNewName("newSecretName", newSecretName);
  const changes = { secretValue, newSecretName, secretReminderRecipients, ...secretFields(options) };
  return writeOne(spelling, "PATCH", secretName, options, { type, ...changes });
}

/** The request that deletes a secret. */
export function deleteRequest(
  spelling: Spelling,
  secretName: string,
  options: DeleteSecretOptions,
): HttpRequest {
  return writeOne(spelling, "DELETE", secretName, options, { type: options.type });
}

/** What a secret has beside its name and value, and nothing else that an object may hold. */
export function secretFields(fields: SecretFields): SecretFields {
  const { secretComment, secretReminderNote, secretReminderRepeatDays } = fields;
  const { skipMultilineEncoding, tagIds, metadata, secretMetadata } = fields;
  return {
    secretComment,
    secretReminderNote,
    secretReminderRepeatDays,
    skipMultilineEncoding,
    tagIds,
    metadata,
    secretMetadata,
  };
}

function writeOne(
  spelling: Spelling,
  method: WriteMethod,
  secretName: string,
  options: SecretLocation,
  fields: object,
): HttpRequest {
  const path = spelling.writePath(method, secretName);
  return writeRequest(spelling, options, { method, path, fields, expect: { secret: "object" } });
}
