import { z } from "zod";
import { badRequest, notFound } from "../http/api-error.ts";
import type { AuthenticatedRequest, Routes } from "../http/routes.ts";
import { validate } from "../http/validate.ts";
import type { KeyUsage } from "../kms/algorithms.ts";
import type { KmsKey, Project } from "../state/entities.ts";
import { findKmsKey } from "../state/kms-keys.ts";
import { type Action, requirePermission } from "../state/permissions.ts";

const keyParameter = z.object({ keyId: z.string().uuid() });

/** The key that a path names and its project, if the identity is allowed the action. */
export function permittedKmsKey(
  { state }: Routes,
  { identity, parameter }: AuthenticatedRequest,
  action: Action,
): { readonly key: KmsKey; readonly project: Project } {
  const { keyId } = validate(keyParameter, { keyId: parameter("keyId") });
  const found = findKmsKey(state, keyId);
  if (!found) throw notFound("Key not found");
  requirePermission(identity, found.project, action, "cmek");
  return found;
}

/** The same for a key to be used: it must be enabled and have the right usage. */
export function usableKmsKey(
  routes: Routes,
  request: AuthenticatedRequest,
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
