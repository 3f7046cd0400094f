import type { HttpRequest } from "@infisical/core";
import { folderPath, optionError } from "@infisical/core/authoring";
import { checkBatch, checkNewName, checkValue } from "../checks/check-secret.ts";
import type {
  CreateSecretsOptions,
  DeleteSecretsOptions,
  UpdateSecretsMode,
  UpdateSecretsOptions,
} from "../options/batch-options.ts";
import type { SecretLocation } from "../options/location.ts";
import type { Spelling, WriteMethod } from "./spelling.ts";
import { writeRequest } from "./write-request.ts";
import { secretFields } from "./write-requests.ts";

/** The request that creates many secrets. */
export function createBatchRequest(spelling: Spelling, options: CreateSecretsOptions): HttpRequest {
  checkBatch(options.secrets);
  const secrets = options.secrets.map((secret, index) => {
    const { secretKey, secretValue } = secret;
    checkNewName(`secrets[${index}].secretKey`, secretKey);
    checkValue(`secrets[${index}].secretValue`, secretValue);
    return { secretKey, secretValue, ...secretFields(secret) };
  });
  return batch(spelling, "POST", options, { secrets });
}

/** The request that changes many secrets. */
export function updateBatchRequest(spelling: Spelling, options: UpdateSecretsOptions): HttpRequest {
  const { mode = "failOnNotFound" } = options;
  checkMode(mode);
  checkBatch(options.secrets);
  const secrets = options.secrets.map((secret, index) => {
    const { secretKey, secretValue, newSecretName, secretPath } = secret;
    if (mode === "upsert") checkNewName(`secrets[${index}].secretKey`, secretKey);
    if (secretValue !== undefined) checkValue(`secrets[${index}].secretValue`, secretValue);
    if (newSecretName !== undefined) checkNewName(`secrets[${index}].newSecretName`, newSecretName);
    const path =
      secretPath === undefined ? undefined : folderPath(`secrets[${index}].secretPath`, secretPath);
    return { secretKey, secretValue, newSecretName, secretPath: path, ...secretFields(secret) };
  });
  return batch(spelling, "PATCH", options, { mode, secrets });
}

/** The request that deletes many secrets. */
export function deleteBatchRequest(spelling: Spelling, options: DeleteSecretsOptions): HttpRequest {
  checkBatch(options.secrets);
  const secrets = options.secrets.map(({ secretKey, type }) => ({ secretKey, type }));
  return batch(spelling, "DELETE", options, { secrets });
}

function checkMode(mode: UpdateSecretsMode): void {
  const modes: readonly string[] = ["failOnNotFound", "ignore", "upsert"] satisfies UpdateSecretsMode[];
  if (!modes.includes(mode)) throw optionError("mode", `must be one of ${modes.join(", ")}`, mode);
}

function batch(
  spelling: Spelling,
  method: WriteMethod,
  options: SecretLocation,
  fields: object,
): HttpRequest {
  const path = spelling.batchPath;
  return writeRequest(spelling, options, { method, path, fields, expect: { secrets: "array" } });
}
