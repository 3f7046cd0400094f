import { newKeyMaterial } from "../kms/key-material.ts";
import type { KmsKey, Project } from "./entities.ts";
import type { ServerState } from "./server-state.ts";

/** Adds a key to a project. */
export function addKmsKey(
  state: ServerState,
  project: Project,
  fields: Pick<KmsKey, "name" | "description" | "keyUsage" | "encryptionAlgorithm">,
): KmsKey {
  const now = state.timestamp();
  const key: KmsKey = {
    ...fields,
    id: state.identifiers.uuid(),
    isDisabled: false,
    projectId: project.id,
    material: newKeyMaterial(fields.encryptionAlgorithm),
    createdAt: now,
    updatedAt: now,
  };
  project.kmsKeys.set(key.id, key);
  return key;
}

/** The key with this id and its project. */
export function findKmsKey(
  { projects }: ServerState,
  id: string,
): { readonly key: KmsKey; readonly project: Project } | undefined {
  for (const project of projects.all()) {
    const key = project.kmsKeys.get(id);
    if (key) return { key, project };
  }
  return undefined;
}

/** The key of a project with this name. */
export function findKmsKeyByName(project: Project, name: string): KmsKey | undefined {
  return [...project.kmsKeys.values()].find((key) => key.name === name);
}
