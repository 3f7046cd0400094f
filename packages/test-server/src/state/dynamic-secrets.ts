import type { DynamicSecret, DynamicSecretMetadata } from "./dynamic-secret-entities.ts";
import type { Folder } from "./entities.ts";
import type { ServerState } from "./server-state.ts";

/** The fields of a new dynamic secret. */
export interface NewDynamicSecret {
  readonly name: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly defaultTTL: string;
  readonly maxTTL?: string | null | undefined;
  readonly usernameTemplate?: string | null | undefined;
  readonly metadata?: readonly DynamicSecretMetadata[] | undefined;
}

/** Adds a dynamic secret to its folder. */
export function addDynamicSecret(
  state: ServerState,
  folder: Folder,
  options: NewDynamicSecret,
): DynamicSecret {
  const now = state.timestamp();
  const dynamicSecret: DynamicSecret = {
    id: state.identifiers.uuid(),
    name: options.name,
    version: 1,
    type: options.type,
    defaultTTL: options.defaultTTL,
    maxTTL: options.maxTTL || null,
    folder,
    status: null,
    statusDetails: null,
    usernameTemplate: options.usernameTemplate ?? null,
    metadata: options.metadata ?? [],
    createdAt: now,
    updatedAt: now,
    inputs: options.inputs,
    leases: new Map(),
  };
  folder.dynamicSecrets.set(dynamicSecret.name, dynamicSecret);
  return dynamicSecret;
}
