import { z } from "zod";
import { badRequest, notFound } from "../http/api-error.js";
import type { Routes, SignedInRequest } from "../http/routes.js";
import { validate } from "../http/validate.js";
import type { KeyUsage } from "../kms/algorithms.js";
import type { KmsKey, Project } from "../state/entities.js";
import { findKmsKey } from "../state/kms-keys.js";
import { type Action, requirePermission } from "../state/permissions.js";

const keyParameter = z.object({ keyId: z.string().uuid() });

/** The key that a path names and its project, if the identity may do that with it. */
export function permittedKmsKey(
  { state }: Routes,
  { identity, parameter }: SignedInRequest,
  action: Action,
): { readonly key: KmsKey; readonly project: Project } {
  const { keyId } = validate(keyParameter, { keyId: parameter("keyId") });
  const found = findKmsKey(state, keyId);
  if (!found) throw notFound("Key not found");
  requirePermission(identity, found.project, action, "cmek");
  return found;
}

/** The same for a key that is to be used, so that it must be enabled, and for what it is used. */
export function usableKmsKey(
  routes: Routes,
  request: SignedInRequest,
  action: Action,
  usage: KeyUsage,
): KmsKey {
  const { key } = permittedKmsKey(routes, request, action);
  if (key.isDisabled) throw badRequest("Key is disabled");
  if (key.keyUsage !== usage) {
    throw badRequest(`Unsupported key type, expected ${usage} but got ${key.keyUsage}`);
  }
  return key;
}
