import { list, type ObjectOf, object, optional, record, text } from "./engine/check.ts";
import type { RevocationFailure } from "./resources/dynamic-secrets/leases.ts";
import type { AccessTokenSeed } from "./seed/access-token-seed.ts";

/** A project of a test server. */
export interface SeededProject {
  /** Its id, as calls accept it. */
  readonly id: string;
  /** Its slug. */
  readonly slug: string;
}

/** A machine identity of a test server. Without Universal Auth it has no client id and no client secret. */
export interface SeededIdentity {
  /** Its name. */
  readonly name: string;
  /** Its id, which every login except that of Universal Auth names. */
  readonly identityId: string;
  /** Its client id; `undefined` without Universal Auth. */
  readonly clientId?: string | undefined;
  /** Its client secret; `undefined` without Universal Auth. */
  readonly clientSecret?: string | undefined;
}

/** A client id with its client secret. */
export interface UniversalAuthCredentials {
  /** The client id. */
  readonly clientId: string;
  /** The client secret. */
  readonly clientSecret: string;
}

export const storedSecretLocation = object({
  /**
   * The project's slug or id.
   *
   * @defaultValue the first project
   */
  project: optional(text),
  /** The environment's slug. */
  environment: text,
  /**
   * The folder's path.
   *
   * @defaultValue "/"
   */
  path: optional(text),
  /** The secret's name. */
  key: text,
});

/** The location of a stored secret. */
export interface StoredSecretLocation extends ObjectOf<typeof storedSecretLocation.fields> {}

export const storedSecret = object({
  ...storedSecretLocation.fields,
  /** The new value. */
  value: text,
  /**
   * The comment.
   *
   * @defaultValue the current one, or none
   */
  comment: optional(text),
  /**
   * Slugs of tags of the project.
   *
   * @defaultValue the current ones, or none
   */
  tags: optional(list(text)),
  /**
   * The `secretMetadata` of the API.
   *
   * @defaultValue the current metadata, or none
   */
  metadata: optional(record(text)),
});

/** A secret to store. */
export interface StoredSecret extends ObjectOf<typeof storedSecret.fields> {}

/** Direct access to what a test server stores. */
export interface TestSecrets {
  /**
   * Stores a secret, as a new version if it exists. Missing folders are created.
   *
   * @param secret - Its location, its value and further fields.
   * @throws Error when the project, the environment or a tag does not exist.
   * @throws TypeError when the name or the value is not a string.
   */
  set(secret: StoredSecret): void;
  /**
   * The stored value of a secret, with references not expanded; `undefined` if the secret does not exist.
   *
   * @param location - The location of the secret.
   */
  get(location: StoredSecretLocation): string | undefined;
  /**
   * Deletes a secret and tells whether it existed.
   *
   * @param location - The location of the secret.
   */
  delete(location: StoredSecretLocation): boolean;
}

/** The open event streams of a test server. */
export interface TestEvents {
  /** How many streams are open. */
  readonly connections: number;
  /**
   * Sends a text into every open stream, as it is: half a frame, a broken one, or one of a kind that does not exist.
   *
   * @param text - What is sent.
   * @throws TypeError when it is not a string.
   */
  send(text: string): void;
  /** Breaks the connection of every open stream, behind what was sent. */
  drop(): void;
  /** Ends every open stream as a server does that shuts down in good order: the response is then complete. */
  end(): void;
}

/** Issues, expires and revokes the access tokens of a test server. */
export interface TestTokens {
  /**
   * Issues an access token for an identity, without a login. It is like one of Token Auth.
   *
   * @param identity - The name or the id of the identity.
   * @param lifetimes - How long it lives; by default 30 days.
   * @returns The token, without `Bearer`.
   * @throws Error: the identity does not exist; the message lists those that do.
   * @throws TypeError: a lifetime is unknown or not valid.
   *
   * @example
   * import { createTestServer } from "@infisical/test-server";
   *
   * const server = createTestServer();
   * const authorization = `Bearer ${server.tokens.issue("admin", { accessTokenTTL: 60 })}`;
   * const { status } = await server.fetch("/api/v1/projects", { headers: { authorization } });
   * console.log(status); // 200
   */
  issue(identity: string, lifetimes?: AccessTokenSeed): string;
  /**
   * Expires a token immediately, or all of them.
   *
   * @param accessToken - The token, without `Bearer`; by default every token that the server has issued.
   * @throws Error when the server has issued no such token.
   */
  expire(accessToken?: string): void;
  /**
   * Revokes a token with its renewals, or all of them.
   *
   * @param accessToken - The token, without `Bearer`; by default every token that the server has issued.
   * @throws Error when the server has issued no such token.
   */
  revoke(accessToken?: string): void;
}

/** A lease of a test server. */
export interface StoredLease {
  /** The lease's id. */
  readonly id: string;
  /** The name of its dynamic secret. */
  readonly dynamicSecretName: string;
  /** When it expires, as an ISO date. */
  readonly expireAt: string;
  /** `"Failed to delete"` after a failed revocation. */
  readonly status: string | null;
  /** Why the revocation failed; `null` if none did. */
  readonly statusDetails: string | null;
  /** The credentials. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Direct access to the leases of a test server. */
export interface TestLeases {
  /** The leases. An expired one disappears a moment after the clock reaches its expiry. */
  list(): readonly StoredLease[];
  /**
   * Makes the next revocations fail, when a lease is deleted or expires.
   *
   * @param failure - How many revocations fail, and with which message.
   */
  failRevocations(failure?: RevocationFailure): void;
}
