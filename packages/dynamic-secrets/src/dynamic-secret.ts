/** An entry of a dynamic secret's metadata. */
export interface DynamicSecretMetadata {
  /** The entry's key. */
  readonly key: string;
  /** The entry's value. */
  readonly value: string;
}

/** What a dynamic secret's `status` can say; servers may know more. */
export const DynamicSecretStatus = {
  /** It is being deleted, and its leases are being revoked first. */
  Deleting: "Revocation in process",
  /** It could not be deleted, since a lease could not be revoked; `statusDetails` says why. */
  FailedToDelete: "Failed to delete",
} as const;

/** `"Revocation in process"` or `"Failed to delete"`; `null` means that all is well. */
export type DynamicSecretStatus =
  | (typeof DynamicSecretStatus)[keyof typeof DynamicSecretStatus]
  | (string & {})
  | null;

/** A dynamic secret as the server sends it. */
export interface DynamicSecret {
  /** Its id. */
  readonly id: string;
  /** Its name, in lower case. */
  readonly name: string;
  /** Counts from 1. */
  readonly version: number;
  /** Its provider's name, such as `"redis"`. */
  readonly type: string;
  /** How long a lease is good unless it says otherwise, such as `"1h"`. */
  readonly defaultTTL: string;
  /** How long a lease can be kept alive by renewing, such as `"24h"`; `null` means for ever. */
  readonly maxTTL?: string | null;
  /** The id of its folder. */
  readonly folderId: string;
  /** Says when something is wrong with it; `null` if nothing is. */
  readonly status?: DynamicSecretStatus;
  /** What is wrong. */
  readonly statusDetails?: string | null;
  /** When it was made, as an ISO date. */
  readonly createdAt: string;
  /** When it was last changed, as an ISO date. */
  readonly updatedAt: string;
  /**
   * What its provider was told. It holds credentials: do not log it.
   *
   * Sent when creating, updating and getting; servers of 2024 leave it out.
   */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** The pattern of the users' names. */
  readonly usernameTemplate?: string | null;
  /** Its metadata. */
  readonly metadata?: readonly DynamicSecretMetadata[];
  /** The id of the gateway that it uses. */
  readonly gatewayId?: string | null;
  /** The id of the gateway that it uses, of the newer kind. */
  readonly gatewayV2Id?: string | null;
  /** The id of the pool of gateways that it uses. */
  readonly gatewayPoolId?: string | null;
}
