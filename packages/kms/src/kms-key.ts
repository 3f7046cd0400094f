import type { ResponseShape } from "@infisical/core";
import type { EncryptionAlgorithm, KeyUsage } from "./algorithms.ts";

/** A key, without what it consists of: that never leaves the server. */
export interface KmsKey {
  /** The key's id, as the other calls take it. */
  readonly id: string;
  /** Its name, unique in the project. */
  readonly name: string;
  /** Its description; `null` if it has none. */
  readonly description?: string | null;
  /** Whether it refuses to work. */
  readonly isDisabled?: boolean | null;
  /** The id of its organization. */
  readonly orgId: string;
  /** The id of its project. */
  readonly projectId: string;
  /** What it is for; servers of 2024 leave it out. */
  readonly keyUsage?: KeyUsage;
  /** Counts its rotations, from 1; servers of 2024 send it in lists only. */
  readonly version?: number;
  /** What kind of key it is; servers of 2024 send it in lists only. */
  readonly encryptionAlgorithm?: EncryptionAlgorithm;
  /** When it was made, as an ISO date. */
  readonly createdAt: string;
  /** When it was last changed, as an ISO date. */
  readonly updatedAt: string;
}

/** What a response must have of one. */
export const kmsKeyShape: ResponseShape = {
  id: "string",
  name: "string",
  "description?": "string",
  "isDisabled?": "boolean",
  "orgId?": "string",
  "projectId?": "string",
  "keyUsage?": "string",
  "version?": "number",
  "encryptionAlgorithm?": "string",
  "createdAt?": "string",
  "updatedAt?": "string",
};
