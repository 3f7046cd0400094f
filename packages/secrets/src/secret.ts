/** Whether a secret is shared or personal. */
export const SecretType = {
  /** Visible to everyone who is allowed to read the environment. */
  Shared: "shared",
  /** Visible to one user only; machine identities have none. */
  Personal: "personal",
} as const;

/** `"shared"` or `"personal"`. */
export type SecretType = (typeof SecretType)[keyof typeof SecretType];

/** A tag of a secret. */
export interface SecretTag {
  /** The tag's id, for `tagIds`. */
  readonly id: string;
  /** The tag's slug, for `tagSlugs`. */
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
  /** Whether the server stores the value encrypted; older servers leave it out. */
  readonly isEncrypted?: boolean;
}

/** Who created a version of a secret. */
export interface SecretActor {
  /** The id of the identity, user or service; `null` if it no longer exists. */
  readonly actorId?: string | null;
  /** The kind of actor, e.g. `"identity"` or `"user"`. */
  readonly actorType?: string | null;
  /** The name of the identity, or the user name of the user. */
  readonly name?: string | null;
  /** The id of its project membership. */
  readonly membershipId?: string | null;
  /** The id of the group through which it is a member, if it is one through a group. */
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
  /** Its version: 1 at first, one more after each change. */
  readonly version: number;
  /** `"shared"` or `"personal"`. */
  readonly type: SecretType;
  /** Its name. */
  readonly secretKey: string;
  /** Its value; `<hidden-by-infisical>` if `secretValueHidden` is true. */
  readonly secretValue: string;
  /** Its comment; empty if there is none. */
  readonly secretComment: string;
  /** The path of its folder; sent when listing and getting. */
  readonly secretPath?: string;
  /** Whether the value was withheld; older servers leave it out. */
  readonly secretValueHidden?: boolean;
  /** The note of its reminder. */
  readonly secretReminderNote?: string | null;
  /** The number of days between its reminders. */
  readonly secretReminderRepeatDays?: number | null;
  /** Whether the CLI keeps line breaks unescaped when it exports the secret. */
  readonly skipMultilineEncoding?: boolean | null;
  /** When it was created, as an ISO date. */
  readonly createdAt: string;
  /** When it was last updated, as an ISO date. */
  readonly updatedAt: string;
  /** Who created this version. */
  readonly actor?: SecretActor | null;
  /** Whether a rotation manages the secret. */
  readonly isRotatedSecret?: boolean;
  /** The id of that rotation. */
  readonly rotationId?: string | null;
  /** Free-form metadata, separate from `secretMetadata`; servers send `null`. */
  readonly metadata?: Readonly<Record<string, string>> | null;
  /** Its metadata entries; older servers leave them out. */
  readonly secretMetadata?: readonly SecretMetadata[];
  /** Its tags; sent when listing and getting. */
  readonly tags?: readonly SecretTag[];
}

/** A secret in an import: the server sends neither its dates nor its tags. */
export interface ImportedSecret extends Omit<Secret, "createdAt" | "updatedAt"> {
  /** When it was created, if the server sends it. */
  readonly createdAt?: string;
  /** When it was last updated, if the server sends it. */
  readonly updatedAt?: string;
}

/** What one import brings into a folder, including secrets of nested imports. */
export interface SecretImport {
  /** The path that is imported. */
  readonly secretPath: string;
  /** The slug of the environment from which it is imported. */
  readonly environment: string;
  /** The id of the imported folder. */
  readonly folderId?: string;
  /** The imported secrets. */
  readonly secrets: readonly ImportedSecret[];
}
