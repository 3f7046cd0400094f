import { badRequest, notFound } from "../http/api-error.js";
import type { Folder, Secret, SecretContent } from "../state/entities.js";
import { requirePermission } from "../state/permissions.js";
import { addSecret, changeSecret, type NewSecret, removeSecret } from "../state/secrets.js";
import { requestApproval } from "./approvals.js";
import { requireFolder } from "./find-place.js";
import { type ApprovalRequest, secretView } from "./secret-view.js";
import { requireValidKeys } from "./validation-rules.js";
import {
  changesOf,
  contentOf,
  refuseNullCharacters,
  type SecretFields,
  type WriteContext,
} from "./write-secret.js";

/** One secret of a batch. */
export interface BatchItem extends SecretFields {
  readonly secretKey: string;
  readonly secretPath?: string | undefined;
  readonly newSecretName?: string | undefined;
  readonly type?: "shared" | "personal" | undefined;
}

/** What an update does with a secret that is not there. */
export type BatchMode = "failOnNotFound" | "ignore" | "upsert";

type Reply = { readonly secrets: readonly Record<string, unknown>[] } | ApprovalRequest;

/** Creates all secrets of a batch, or none. */
export function createSecrets({ state, identity, place }: WriteContext, items: readonly BatchItem[]): Reply {
  requirePermission(identity, place.project, "create", "secrets");
  const folder = requireFolder(place, "Create secret");
  refuseTaken(items.filter(({ secretKey }) => folder.secrets.has(secretKey)));
  refuseTaken(repeated(items));
  const contents = items.map((item) => {
    const content = { ...contentOf(place.project, item), key: item.secretKey, value: item.secretValue ?? "" };
    refuseNullCharacters(content);
    return content as NewSecret;
  });
  requireValidKeys(
    state.secretValidationRules,
    place.environment,
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
  { state, identity, place }: WriteContext,
  items: readonly BatchItem[],
  mode: BatchMode,
): Reply {
  requirePermission(identity, place.project, "edit", "secrets");
  const changes = items.map((item) => {
    const folder = requireFolder({ ...place, path: item.secretPath ?? place.path }, "UpdateSecret");
    return {
      item,
      folder,
      secret: folder.secrets.get(item.secretKey),
      change: changesOf(place.project, item),
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
    const place = `${folder.id} ${newSecretName}`;
    if (folder.secrets.has(newSecretName) || renamed.has(place)) {
      throw badRequest("Secret with the new name already exist");
    }
    renamed.add(place);
  }
  requireValidKeys(
    state.secretValidationRules,
    place.environment,
    changes
      .filter(({ secret }) => secret || mode === "upsert")
      .map(({ item }) => item.newSecretName ?? item.secretKey),
  );
  const approval = requestApproval(state, identity, requireFolder(place, "UpdateSecret"));
  if (approval) return approval;
  const upsert = (folder: Folder, key: string, change: Partial<SecretContent>): Secret => {
    // An earlier entry of the batch may have made it.
    const made = folder.secrets.get(key);
    return made ? changeSecret(state, made, change) : addSecret(state, folder, { value: "", ...change, key });
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
export function deleteSecrets({ state, identity, place }: WriteContext, items: readonly BatchItem[]): Reply {
  requirePermission(identity, place.project, "delete", "secrets");
  const folder = requireFolder(place, "Delete secret");
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

/** The items whose name an earlier item has already. */
function repeated(items: readonly BatchItem[]): BatchItem[] {
  const seen = new Set<string>();
  return items.filter(({ secretKey }) => seen.size === seen.add(secretKey).size);
}

function refuseTaken(items: readonly BatchItem[]): void {
  if (items.length > 0) {
    throw badRequest(`Secret already exist: ${items.map(({ secretKey }) => secretKey).join(",")}`);
  }
}
