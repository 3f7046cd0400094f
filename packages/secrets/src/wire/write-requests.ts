import type { HttpRequest, ResponseShape } from "@infisical/core";
import type { SecretLocation } from "../options/read-options.ts";
import type {
  CreateSecretOptions,
  CreateSecretsOptions,
  DeleteSecretOptions,
  DeleteSecretsOptions,
  UpdateSecretOptions,
  UpdateSecretsOptions,
} from "../options/write-options.ts";
import { manySecrets, oneSecret } from "./response-shapes.ts";
import type { Spelling, WriteMethod } from "./spelling.ts";

/** The request that creates, changes or deletes a secret, by its method. */
export function writeRequest(
  spelling: Spelling,
  method: WriteMethod,
  secretName: string,
  options: CreateSecretOptions | UpdateSecretOptions | DeleteSecretOptions,
): HttpRequest {
  return write(spelling, method, spelling.writePath(method, secretName), options, oneSecret);
}

/** The request that creates, changes or deletes many secrets, by its method. */
export function batchRequest(
  spelling: Spelling,
  method: WriteMethod,
  options: CreateSecretsOptions | UpdateSecretsOptions | DeleteSecretsOptions,
): HttpRequest {
  return write(spelling, method, spelling.batchPath, options, manySecrets);
}

/** What the caller gave goes into the body, with every method; no option is there that was not checked. */
function write(
  spelling: Spelling,
  method: WriteMethod,
  path: string,
  { projectId, secretPath = "/", signal, timeout, ...fields }: SecretLocation,
  expect: ResponseShape,
): HttpRequest {
  return {
    method,
    path,
    body: { ...spelling.project(projectId), secretPath, ...fields },
    signal,
    timeout,
    expect,
  };
}
