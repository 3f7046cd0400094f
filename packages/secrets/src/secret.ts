/** Whether a secret is everybody's or one user's own. */
export const SecretType = {
  /** Seen by everyone who may read the environment. */
  Shared: "shared",
  /** Seen by one user only; machine identities have none. */
  Personal: "personal",
} as const;

/** `"shared"` or `"personal"`. */
export type SecretType = (typeof SecretType)[keyof typeof SecretType];

/** A tag as it stands on a secret. */
export interface SecretTag {
  /** The tag's id, as `tagIds` takes it. */
  readonly id: string;
  /** The tag's slug, as `tagSlugs` takes it. */
  readonly slug: string;
  /** The tag's name; the same as its slug on current servers. */
  readonly name?: string;
  /** The tag's colour. */
  readonly color?: string | null;
}

/** One entry of a secret's metadata. */
export interface SecretMetadata {
  /** The entry's key, at least one character. */
  readonly key: string;
  /** The entry's value. */
  readonly value: string;
  /** Whether the server keeps the value encrypted; older servers leave it out. */
  readonly isEncrypted?: boolean;
}

/** Who made a version of a secret. */
export interface SecretActor {
  /** The id of the identity, user or service; `null` where it is gone. */
  readonly actorId?: string | null;
  /** What kind of actor it is, e.g. `"identity"` or `"user"`. */
  readonly actorType?: string | null;
  /** Its name: of an identity its own, of a user the user name. */
  readonly name?: string | null;
  /** The id of its membership in the project. */
  readonly membershipId?: string | null;
  /** The id of the group through which it is a member, where it is so through one. */
  readonly groupId?: string | null;
}

/** A secret as the server sends it. */
export interface Secret {
  /** The secret's id. */
  readonly id: string;
  /** The same as `id`, for older clients. */
  readonly _id: string;
  /** The id of its project. */
  readonly workspace: string;
  /** The slug of its environment. */
  readonly environment: string;
  /** Counts its changes, from 1. */
  readonly version: number;
  /** `"shared"` or `"personal"`. */
  readonly type: SecretType;
  /** Its name. */
  readonly secretKey: string;
  /** Its value; `<hidden-by-infisical>` where `secretValueHidden` is true. */
  readonly secretValue: string;
  /** Its comment; empty if it has none. */
  readonly secretComment: string;
  /** The path of its folder; sent when listing and getting. */
  readonly secretPath?: string;
  /** Whether the value was withheld; older servers leave it out. */
  readonly secretValueHidden?: boolean;
  /** The note of its reminder. */
  readonly secretReminderNote?: string | null;
  /** The days between its reminders. */
  readonly secretReminderRepeatDays?: number | null;
  /** Whether line breaks are kept as they are when the CLI exports it. */
  readonly skipMultilineEncoding?: boolean | null;
  /** When it was made, as an ISO date. */
  readonly createdAt: string;
  /** When it was last changed, as an ISO date. */
  readonly updatedAt: string;
  /** Who made this version. */
  readonly actor?: SecretActor | null;
  /** Whether a rotation manages it. */
  readonly isRotatedSecret?: boolean;
  /** The id of that rotation. */
  readonly rotationId?: string | null;
  /** Free-form metadata, apart from `secretMetadata`; servers send `null`. */
  readonly metadata?: Readonly<Record<string, string>> | null;
  /** Its metadata entries; servers of 2024 leave them out. */
  readonly secretMetadata?: readonly SecretMetadata[];
  /** Its tags; sent when listing and getting. */
  readonly tags?: readonly SecretTag[];
}

/** A secret inside an import: the server sends neither its dates nor its tags. */
export interface ImportedSecret extends Omit<Secret, "createdAt" | "updatedAt"> {
  /** When it was made, where the server sends it. */
  readonly createdAt?: string;
  /** When it was last changed, where the server sends it. */
  readonly updatedAt?: string;
}

/** What one import brings into a folder, secrets of nested imports among them. */
export interface SecretImport {
  /** The path that is imported. */
  readonly secretPath: string;
  /** The slug of the environment that is imported from. */
  readonly environment: string;
  /** The id of the imported folder. */
  readonly folderId?: string;
  /** The imported secrets. */
  readonly secrets: readonly ImportedSecret[];
}
