import type { TestClock } from "./clock.js";
import type { RevocationFailure } from "./dynamic-secrets/revocation-failures.js";
import type { Failure, FailureHandle, FailureMatch } from "./faults/failure.js";
import type { LoggedRequest } from "./request-log.js";
import type { TestTransport } from "./transport/test-transport.js";

/** An Infisical-compatible server in memory. For tests: it protects nothing. */
export interface TestServer {
  /**
   * Sends a request to the server without sockets, whatever the host; hand it to an SDK client as its `transport`.
   *
   * It makes one attempt, follows no redirect, and resolves only to complete responses.
   *
   * @throws TransportError where no complete response comes; `sent` says whether the server can have seen the
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
   * Answers like the global `fetch`, without sockets and whatever the host; for code that takes a `fetch`.
   *
   * @throws TypeError `fetch failed`, with a `cause.code`, where a failure breaks the connection.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** The server's time. It has the shape of the SDK client's clock option. */
  readonly clock: TestClock;
  /** The requests the server received, oldest first, with real credentials and values in them. */
  readonly requests: readonly LoggedRequest[];
  /** The projects there are. */
  readonly projects: readonly SeededProject[];
  /** The machine identities there are, with what they log in with. */
  readonly identities: readonly SeededIdentity[];
  /**
   * What an identity logs in with by Universal Auth, as the SDK's strategies take it.
   *
   * @param identityName - Default: the first identity that has Universal Auth.
   * @throws Error when there is no such identity, or it has no Universal Auth.
   */
  credentials(identityName?: string): UniversalAuthCredentials;
  /**
   * The id of a project, as the SDK's calls take it.
   *
   * @param slug - Default: the first project.
   * @throws Error when there is no such project.
   */
  projectId(slug?: string): string;
  /** The stored secrets, past the API and its permissions. */
  readonly secrets: TestSecrets;
  /** The access tokens, for making them fail. */
  readonly tokens: TestTokens;
  /** The leases of dynamic secrets. */
  readonly leases: TestLeases;
  /**
   * Opens a port.
   *
   * @param options - Default: any free port of the loopback interface.
   * @returns The server's address.
   * @throws Error when the port is taken or the server listens already; TypeError when a host to allow is none.
   */
  listen(options?: ListenOptions): Promise<{
    /** The address, as the client's `siteUrl` takes it. */
    siteUrl: string;
  }>;
  /** Closes the port and ends every connection; may be called any number of times. */
  close(): Promise<void>;
  /** Does the same as `close`, at the end of a block with `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
  /**
   * Makes requests fail.
   *
   * @param match - Which requests, and how many; `{}` is the next one.
   * @param failure - What happens to them.
   * @returns How many have failed so far, and how to take it back.
   * @throws TypeError when a field of either is unknown or wrong; the message names it.
   *
   * @example
   * import { createTestServer } from "@infisical/test-server";
   *
   * const server = createTestServer();
   * server.fail({ method: "GET", path: /^\/api\/v3\/secrets/, times: 2 }, { status: 503 });
   */
  fail(match: FailureMatch, failure: Failure): FailureHandle;
  /** Goes back to the seed. The log is emptied, failures are forgotten, the clock is set back. */
  reset(): void;
}

/** Where a test server listens. */
export interface ListenOptions {
  /** Default: 0, any free port. */
  readonly port?: number | undefined;
  /** Default: `127.0.0.1`. */
  readonly host?: string | undefined;
  /**
   * Further names by which clients reach the port, without scheme and port, such as the name of a container.
   * Requests whose `Host` header is any other name are answered with 421, so that no web page can reach the server
   * by a name of its own. Default: `localhost`, `127.0.0.1`, `[::1]` and `host` alone, and any address where `host`
   * is not of the loopback interface.
   */
  readonly allowedHosts?: readonly string[] | undefined;
}

/** A project of a test server. */
export interface SeededProject {
  /** Its id, as calls take it. */
  readonly id: string;
  /** Its slug. */
  readonly slug: string;
}

/** A machine identity of a test server; without Universal Auth it has no client id and no client secret. */
export interface SeededIdentity {
  /** Its name. */
  readonly name: string;
  /** Its id, as AWS Auth and JWT Auth take it. */
  readonly identityId: string;
  /** Its client id of Universal Auth; `undefined` without. */
  readonly clientId?: string | undefined;
  /** Its client secret of Universal Auth; `undefined` without. */
  readonly clientSecret?: string | undefined;
}

/** A client id with its client secret. */
export interface UniversalAuthCredentials {
  /** The client id. */
  readonly clientId: string;
  /** The client secret. */
  readonly clientSecret: string;
}

/** Where a stored secret is. */
export interface StoredSecretPlace {
  /** The project's slug or id. Default: the first project. */
  readonly project?: string | undefined;
  /** The environment's slug. */
  readonly environment: string;
  /** The folder's path. Default: `/`. */
  readonly path?: string | undefined;
  /** The secret's name. */
  readonly key: string;
}

/** A secret to store. */
export interface StoredSecret extends StoredSecretPlace {
  /** The new value. */
  readonly value: string;
  /** Default: the one it has, or none. */
  readonly comment?: string | undefined;
  /** Slugs of tags of the project. Default: the ones it has, or none. */
  readonly tags?: readonly string[] | undefined;
  /** What the API calls `secretMetadata`. Default: what it has, or none. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/** Direct access to what a test server stores. */
export interface TestSecrets {
  /**
   * Stores a secret, as a new version where there is one already; missing folders are made.
   *
   * @param secret - Where it is, its value and more.
   * @throws Error when the project, the environment or a tag does not exist, or the value is no string.
   */
  set(secret: StoredSecret): void;
  /**
   * The value of a secret as it is stored, references unexpanded; `undefined` where there is none.
   *
   * @param place - Where it is.
   */
  get(place: StoredSecretPlace): string | undefined;
  /**
   * Deletes a secret and says whether there was one.
   *
   * @param place - Where it is.
   */
  delete(place: StoredSecretPlace): boolean;
}

/** Makes access tokens fail. */
export interface TestTokens {
  /**
   * Makes a token expired at once; without an argument all of them.
   *
   * @param accessToken - The token, without `Bearer`. Default: all that the server has given out.
   * @throws Error when the server has given out no such token.
   */
  expire(accessToken?: string): void;
  /**
   * Revokes a token with its renewals; without an argument all of them.
   *
   * @param accessToken - The token, without `Bearer`. Default: all that the server has given out.
   * @throws Error when the server has given out no such token.
   */
  revoke(accessToken?: string): void;
}

/** A lease of a test server. */
export interface StoredLease {
  /** The lease's id. */
  readonly id: string;
  /** The name of its dynamic secret. */
  readonly dynamicSecretName: string;
  /** When it ends, as an ISO date. */
  readonly expireAt: string;
  /** `"Failed to delete"` after a revocation that failed. */
  readonly status: string | null;
  /** What went wrong when it was to be revoked; `null` unless something did. */
  readonly statusDetails: string | null;
  /** The credentials. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Direct access to the leases of a test server. */
export interface TestLeases {
  /** The leases there are; one that ends goes a moment after the clock has reached its end. */
  list(): readonly StoredLease[];
  /**
   * Makes the next revocations fail, when a lease is deleted or ends.
   *
   * @param failure - How many, and with which message.
   */
  failRevocations(failure?: RevocationFailure): void;
}
