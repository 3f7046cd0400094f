import type { TestClock } from "./clock.ts";
import type { RevocationFailure } from "./dynamic-secrets/revocation-failures.ts";
import type { Failure, FailureHandle, FailureMatch } from "./faults/failure.ts";
import type { LoggedRequest } from "./request-log.ts";
import type { TestTransport } from "./transport/test-transport.ts";

/** An Infisical-compatible server in memory. It is for tests and protects nothing. */
export interface TestServer {
  /**
   * Sends a request to the server without sockets, whatever the host. Pass it to an SDK client as its `transport`.
   *
   * It makes one attempt, follows no redirect, and resolves only to complete responses.
   *
   * @throws TransportError when there is no complete response; `sent` tells whether the server can have seen the
   *   request, and `code` is `ECONNREFUSED`, `ECONNRESET`, `ABORTED` or `ERR_INVALID_URL`.
   *
   * @example
   * import { createTestServer } from "@infisical/test-server";
   *
   * const server = createTestServer();
   * const { status } = await server.transport({ method: "GET", url: "/api/status", headers: {} });
   * console.log(status); // 200
   */
  readonly transport: TestTransport;
  /**
   * Works like the global `fetch`, without sockets and whatever the host; for code that accepts a `fetch`.
   *
   * @throws TypeError `fetch failed`, with a `cause.code`, when a failure breaks the connection.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** The server's clock. It has the shape of the SDK client's `clock` option. */
  readonly clock: TestClock;
  /** The requests that the server received, oldest first, including credentials and values. */
  readonly requests: readonly LoggedRequest[];
  /** The projects. */
  readonly projects: readonly SeededProject[];
  /** The machine identities, with their credentials. */
  readonly identities: readonly SeededIdentity[];
  /**
   * The Universal Auth credentials of an identity, as the SDK's strategies accept them.
   *
   * @param identityName - The name of the identity; by default the first one with Universal Auth.
   * @throws Error when the identity does not exist, or has no Universal Auth.
   */
  credentials(identityName?: string): UniversalAuthCredentials;
  /**
   * The id of a project, as the SDK's calls accept it.
   *
   * @param slug - The slug of the project; by default the first one.
   * @throws Error when the project does not exist.
   */
  projectId(slug?: string): string;
  /** The stored secrets, bypassing the API and its permissions. */
  readonly secrets: TestSecrets;
  /** The access tokens, to expire or revoke them. */
  readonly tokens: TestTokens;
  /** The leases of dynamic secrets. */
  readonly leases: TestLeases;
  /**
   * Opens a port.
   *
   * @param options - Where to listen; by default any free port of the loopback interface.
   * @returns The server's address.
   * @throws Error when the port is taken or the server is already listening.
   * @throws TypeError when an allowed host is not a host.
   */
  listen(options?: ListenOptions): Promise<{
    /** The address, for the client's `siteUrl`. */
    siteUrl: string;
  }>;
  /** Closes the port and ends every connection. It can be called any number of times. */
  close(): Promise<void>;
  /** Does the same as `close`, at the end of a block with `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
  /**
   * Makes requests fail.
   *
   * @param match - Which requests fail, and how many; `{}` is the next one.
   * @param failure - What happens to them.
   * @returns A handle with the number of failed requests and a method to remove the failure.
   * @throws TypeError when a field of either is unknown or not valid; the message names it.
   *
   * @example
   * import { createTestServer } from "@infisical/test-server";
   *
   * const server = createTestServer();
   * server.fail({ method: "GET", path: /^\/api\/v3\/secrets/, times: 2 }, { status: 503 });
   */
  fail(match: FailureMatch, failure: Failure): FailureHandle;
  /** Goes back to the seed: clears the log, removes the failures and resets the clock. */
  reset(): void;
}

/** Where a test server listens. */
export interface ListenOptions {
  /**
   * The port; 0 for any free one.
   *
   * @defaultValue 0
   */
  readonly port?: number | undefined;
  /**
   * The address to listen on.
   *
   * @defaultValue "127.0.0.1"
   */
  readonly host?: string | undefined;
  /**
   * Further names by which clients reach the port, without scheme and port, such as the name of a container.
   *
   * Requests whose `Host` header is any other name are answered with 421, so that no web page can reach the server
   * under a name of its own. The port always answers as `localhost`, `127.0.0.1`, `[::1]` and `host`, and as any IP
   * address where `host` is not a loopback address.
   *
   * @defaultValue none
   */
  readonly allowedHosts?: readonly string[] | undefined;
}

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
  /** Its id, as AWS Auth and JWT Auth accept it. */
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

/** The location of a stored secret. */
export interface StoredSecretLocation {
  /**
   * The project's slug or id.
   *
   * @defaultValue the first project
   */
  readonly project?: string | undefined;
  /** The environment's slug. */
  readonly environment: string;
  /**
   * The folder's path.
   *
   * @defaultValue "/"
   */
  readonly path?: string | undefined;
  /** The secret's name. */
  readonly key: string;
}

/** A secret to store. */
export interface StoredSecret extends StoredSecretLocation {
  /** The new value. */
  readonly value: string;
  /**
   * The comment.
   *
   * @defaultValue the current one, or none
   */
  readonly comment?: string | undefined;
  /**
   * Slugs of tags of the project.
   *
   * @defaultValue the current ones, or none
   */
  readonly tags?: readonly string[] | undefined;
  /**
   * The `secretMetadata` of the API.
   *
   * @defaultValue the current metadata, or none
   */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

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

/** Expires and revokes the access tokens of a test server. */
export interface TestTokens {
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
