import type { Folder, Timestamps } from "./entities.ts";

/** An entry of a dynamic secret's metadata. */
export interface DynamicSecretMetadata {
  readonly key: string;
  readonly value: string;
}

/** The fields of a dynamic secret that can change. */
export interface DynamicSecretContent {
  name: string;
  inputs: Readonly<Record<string, unknown>>;
  defaultTTL: string;
  maxTTL: string | null;
  usernameTemplate: string | null;
  metadata: readonly DynamicSecretMetadata[];
}

export interface DynamicSecret extends DynamicSecretContent, Timestamps {
  readonly id: string;
  readonly version: number;
  readonly type: string;
  readonly folder: Folder;
  status: string | null;
  statusDetails: string | null;
  readonly leases: Map<string, Lease>;
}

export interface Lease extends Timestamps {
  readonly id: string;
  readonly version: number;
  readonly externalEntityId: string;
  expireAt: string;
  status: string | null;
  statusDetails: string | null;
  readonly config: unknown;
  readonly dynamicSecret: DynamicSecret;
  /** The credentials, which the API returns once. */
  readonly data: Readonly<Record<string, unknown>>;
}
