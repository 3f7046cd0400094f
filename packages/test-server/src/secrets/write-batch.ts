import { badRequest, notFound } from "../http/api-error.ts";
import type { Folder, Secret, SecretContent } from "../state/entities.ts";
import { requirePermission } from "../state/permissions.ts";
import { addSecret, changeSecret, type NewSecret, removeSecret } from "../state/secrets.ts";
import { requestApproval } from "./approvals.ts";
import { requireFolder } from "./find-location.ts";
import { type ApprovalRequest, secretView } from "./secret-view.ts";
import { requireValidKeys } from "./validation-rules.ts";
import {
  changesOf,
  contentOf,
  rejectNullCharacters,
  type SecretFields,
  type WriteContext,
} from "./write-secret.ts";

/** One secret of a batch. */
export interface BatchItem extends SecretFields {
  readonly secretKey: string;
  readonly secretPath?: string | undefined;
  readonly newSecretName?: string | undefined;
  readonly type?: "shared" | "personal" | undefined;
}

/** What an update does with a secret that does not exist. */
export type BatchMode = "failOnNotFound" | "ignore" | "upsert";

type BatchResponse = { readonly secrets: readonly Record<string, unknown>[] } | ApprovalRequest;

/** Creates all secrets of a batch, or none. */
export function createSecrets(
  { state, identity, location }: WriteContext,
  items: readonly BatchItem[],
): BatchResponse {
  requirePermission(identity, location.project, "create", "secrets");
  const folder = requireFolder(location, "Create secret");
  rejectExisting(items.filter(({ secretKey }) => folder.secrets.has(secretKey)));
  rejectExisting(repeated(items));
  const contents = items.map((item) => {
    const content = {
      ...contentOf(location.project, item),
      key: item.secretKey,
      value: item.secretValue ?? "",
    };
    rejectNullCharacters(content);
    return content as NewSecret;
  });
  requireValidKeys(
    state.secretValidationRules,
    location.environment,
    contents.map(({ key }) => key),
  );
  const approval = requestApproval(state, identity, folder);
  if (approval) return approval;
  return {
    secrets: contents.map((content) => {
      const { secretValueHidden: _, ...view } = secretView(addSecret(state, folder, content));
      return view;
    }),
  };
}

/** Updates all secrets of a batch, or none. */
export function updateSecrets(
  { state, identity, location }: WriteContext,
  items: readonly BatchItem[],
  mode: BatchMode,
): BatchResponse {
  requirePermission(identity, location.project, "edit", "secrets");
  const changes = items.map((item) => {
    const folder = requireFolder({ ...location, path: item.secretPath ?? location.path }, "UpdateSecret");
    return {
      item,
      folder,
      secret: folder.secrets.get(item.secretKey),
      change: changesOf(location.project, item),
    };
  });
  const missing = changes.filter(({ secret }) => !secret).map(({ item }) => item.secretKey);
  if (missing.length > 0 && mode === "failOnNotFound") {
    throw notFound(`Secret does not exist: ${missing.join(",")}`);
  }
  const renamed = new Set<string>();
  for (const { item, folder } of changes) {
    const { newSecretName } = item;
    if (newSecretName === undefined) continue;
    const renamedTo = `${folder.id} ${newSecretName}`;
    if (folder.secrets.has(newSecretName) || renamed.has(renamedTo)) {
      throw badRequest("Secret with the new name already exist");
    }
    renamed.add(renamedTo);
  }
  requireValidKeys(
    state.secretValidationRules,
    location.environment,
    changes
      .filter(({ secret }) => secret || mode === "upsert")
      .map(({ item }) => item.newSecretName ?? item.secretKey),
  );
  const approval = requestApproval(state, identity, requireFolder(location, "UpdateSecret"));
  if (approval) return approval;
  const upsert = (folder: Folder, key: string, change: Partial<SecretContent>): Secret => {
    // An earlier entry of the batch might have created it.
    const created = folder.secrets.get(key);
    return created
      ? changeSecret(state, created, change)
      : addSecret(state, folder, { value: "", ...change, key });
  };
  return {
    secrets: changes
      .filter(({ secret }) => secret || mode === "upsert")
      .map(({ item, folder, secret, change }) =>
        secret
          ? changeSecret(state, secret, change)
          : upsert(folder, item.newSecretName ?? item.secretKey, change),
      )
      .map((secret) => secretView(secret)),
  };
}

/** Deletes all secrets of a batch, or none. */
export function deleteSecrets(
  { state, identity, location }: WriteContext,
  items: readonly BatchItem[],
): BatchResponse {
  requirePermission(identity, location.project, "delete", "secrets");
  const folder = requireFolder(location, "Delete secret");
  if (items.some(({ type }) => type === "personal")) {
    throw badRequest("Must be user to delete personal secret");
  }
  const missing = items.filter(({ secretKey }) => !folder.secrets.has(secretKey));
  if (missing.length > 0) {
    throw notFound(
      `One or more secrets does not exist: ${missing.map(({ secretKey }) => secretKey).join(",")}`,
    );
  }
  const approval = requestApproval(state, identity, folder);
  if (approval) return approval;
  const secrets = new Set(items.flatMap(({ secretKey }) => folder.secrets.get(secretKey) ?? []));
  for (const secret of secrets) removeSecret(state, secret);
  return { secrets: [...secrets].map((secret) => secretView(secret)) };
}

/** The items whose name is also that of an earlier item. */
function repeated(items: readonly BatchItem[]): BatchItem[] {
  const seen = new Set<string>();
  return items.filter(({ secretKey }) => seen.size === seen.add(secretKey).size);
}

function rejectExisting(items: readonly BatchItem[]): void {
  if (items.length > 0) {
    throw badRequest(`Secret already exist: ${items.map(({ secretKey }) => secretKey).join(",")}`);
  }
}
