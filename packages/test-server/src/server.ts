import { SocketServer } from "#sockets";
import { type Application, createApplication } from "./api/application.ts";
import {
  type OwnRoute,
  parseRoute,
  type TestRouteHandler,
  type TestRouteMethod,
  type TestRouteOptions,
} from "./api/own-routes.ts";
import { ServerState } from "./api/server-state.ts";
import { issueToken } from "./auth/issue-token.ts";
import type { TestCertificates } from "./certificate-access.ts";
import type { TestCluster } from "./clouds/kubernetes-cluster.ts";
import { ClockedIssuer, type TokenIssuer } from "./clouds/token-issuer.ts";
import type {
  SeededIdentity,
  SeededProject,
  StoredLease,
  TestEvents,
  TestLeases,
  TestSecrets,
  TestTokens,
  UniversalAuthCredentials,
} from "./direct-access.ts";
import type { AsyncDisposal } from "./engine/async-disposal.ts";
import { checked } from "./engine/check.ts";
import { MovableClock, type TestClock } from "./engine/clock.ts";
import type { Failure, FailureHandle, FailureMatch } from "./engine/failure.ts";
import { inProcessFetch } from "./engine/in-process-fetch.ts";
import { inProcessTransport, type TestTransport } from "./engine/in-process-transport.ts";
import { type LoggedRequest, Responder } from "./engine/responder.ts";
import type { ListenOptions } from "./engine/socket-server.ts";
import { parseOptions, type TestServerOptions } from "./options.ts";
import { CertificateAuthorities } from "./resources/certificates/authority.ts";
import { StoredCertificates } from "./resources/certificates/stored-certificates.ts";
import type { Lease } from "./resources/dynamic-secrets/dynamic-secret.ts";
import { revocationFailure } from "./resources/dynamic-secrets/leases.ts";
import { OpenStreams } from "./resources/events/open-streams.ts";
import { StoredSecrets } from "./resources/secrets/stored-secrets.ts";
import { applySeed } from "./seed/apply-seed.ts";

/** An Infisical-compatible server in memory. It is for tests and protects nothing. */
export interface TestServer extends AsyncDisposal {
  /**
   * Sends a request to the server without sockets, whatever the host. Pass it to an SDK client as its `transport`.
   *
   * It makes one attempt, follows no redirect, and resolves only to complete responses.
   *
   * @throws TransportError if no complete response arrives; `sent` tells whether the server may have received the
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
  /** The certificate manager: its profiles, and the requests that await approval. */
  readonly certificates: TestCertificates;
  /** The open event streams, which the option `eventStream` grants. */
  readonly events: TestEvents;
  /**
   * The server's own issuer of OpenID Connect tokens, `https://issuer.test`, which OIDC Auth, JWT Auth and SPIFFE Auth
   * trust by default. The server has its discovery document and its JWKS. A reset keeps its keys.
   *
   * @example
   * import { createTestServer } from "@infisical/test-server";
   *
   * const server = createTestServer({ identities: [{ name: "ci", oidcAuth: { boundSubject: "job:*" } }] });
   * const jwt = await server.tokenIssuer.issueToken({ sub: "job:deploy" });
   * const { status } = await server.fetch("/api/v1/auth/oidc-auth/login", {
   *   method: "POST",
   *   headers: { "content-type": "application/json" },
   *   body: JSON.stringify({ identityId: server.identities[0]?.identityId, jwt }),
   * });
   * console.log(status); // 200
   */
  readonly tokenIssuer: TokenIssuer;
  /** The simulated Kubernetes cluster, which reviews the tokens of service accounts. */
  readonly cluster: TestCluster;
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
  /**
   * Adds a route that this server does not simulate, for tests of plugins.
   *
   * Its requests are in `requests`, and `fail` applies to them. Like every route, it first refuses a request whose
   * access token is missing or not valid. A reset keeps it: it belongs to the server, not to what the server stores.
   * A handler that throws is answered with 500 and the error's message.
   *
   * @param method - The HTTP method.
   * @param path - The path. A segment such as `:projectId` is a parameter.
   * @param handler - Returns `{ status?, headers?, body? }` or plain JSON, or a promise of it.
   * @param options - Whether requests need no access token.
   * @throws TypeError when an argument is not valid; the message names it.
   * @throws Error when requests to the route are answered already, by another one of this path.
   *
   * @example
   * import { createTestServer } from "@infisical/test-server";
   *
   * const server = createTestServer();
   * server.route("GET", "/api/v1/projects/:projectId/notes", ({ params, identity }) => ({
   *   notes: [{ id: "1", projectId: params.projectId, author: identity?.name }],
   * }));
   * const { status } = await server.fetch("/api/v1/projects/p/notes", {
   *   headers: { authorization: `Bearer ${server.tokens.issue("admin")}` },
   * });
   * console.log(status); // 200
   */
  route<Path extends string>(
    method: TestRouteMethod,
    path: Path,
    handler: TestRouteHandler<Path>,
    options?: TestRouteOptions,
  ): void;
  /** Goes back to the seed: clears the log, removes the failures and resets the clock. Routes of one's own stay. */
  reset(): void;
}

/**
 * Creates an Infisical-compatible server in memory, for tests. It opens no port until `listen()` is called.
 *
 * @param options - The initial content and behavior; by default one project and one admin identity.
 * @returns The server.
 * @throws TypeError when an option or a part of the seed is not valid; the message names its path.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 *
 * const server = createTestServer();
 * server.secrets.set({ environment: "dev", key: "DATABASE_URL", value: "postgres://localhost" });
 * const { status } = await server.fetch("/api/status");
 * console.log(status); // 200
 */
export function createTestServer(options: TestServerOptions = {}): TestServer {
  return new InMemoryServer(parseOptions(options));
}

class InMemoryServer implements TestServer {
  readonly transport: TestServer["transport"];
  readonly fetch: TestServer["fetch"];
  readonly clock: MovableClock;
  readonly secrets: TestSecrets = new StoredSecrets(() => this.#state);
  readonly tokens: TestTokens = {
    issue: (identity, lifetimes = {}) => issueToken(this.#state, identity, lifetimes),
    expire: (accessToken) => this.#state.accessTokens.expireNow(accessToken),
    revoke: (accessToken) => this.#state.accessTokens.revokeNow(accessToken),
  };
  readonly leases: TestLeases = {
    list: () => this.#state.leases.all().map(storedLease),
    failRevocations: (failure = {}) =>
      this.#state.leases.failRevocations(checked("leases.failRevocations()", revocationFailure, failure)),
  };
  readonly certificates: TestCertificates = new StoredCertificates(() => this.#state);
  readonly events: TestEvents = new OpenStreams(() => this.#state.eventStreams);
  readonly cluster: TestCluster = {
    setReviews: (reviews) => this.#state.cluster.setReviews(reviews),
    fail: (failure) => this.#state.cluster.fail(failure),
  };
  readonly #options: TestServerOptions;
  readonly #responder: Responder;
  readonly #sockets: SocketServer;
  readonly #issuer: ClockedIssuer;
  readonly #authorities = new CertificateAuthorities();
  readonly #ownRoutes: OwnRoute[] = [];
  #state: ServerState;
  #application: Application;

  constructor(options: TestServerOptions) {
    this.#options = options;
    this.clock = new MovableClock(options.clock);
    this.#issuer = new ClockedIssuer(
      () => "https://issuer.test",
      () => this.clock.now(),
    );
    this.#responder = new Responder({
      ...options,
      clock: this.clock,
      answer: (call) => this.#application.answer(call),
      requestId: () => this.#state.identifiers.request(),
    });
    this.#sockets = new SocketServer(this.#responder);
    this.transport = inProcessTransport(this.#responder);
    this.fetch = inProcessFetch(this.#responder);
    this.#state = this.#seededState();
    this.#application = createApplication(this.#state);
  }

  get tokenIssuer(): TokenIssuer {
    return this.#issuer;
  }

  get requests(): readonly LoggedRequest[] {
    return this.#responder.log;
  }

  get projects(): readonly SeededProject[] {
    return this.#state.projects.all().map(({ id, slug }) => ({ id, slug }));
  }

  get identities(): readonly SeededIdentity[] {
    return this.#state.identities.all().map(({ id, name, universalAuth }) => ({
      name,
      identityId: id,
      ...(universalAuth && { clientId: universalAuth.clientId, clientSecret: universalAuth.clientSecret }),
    }));
  }

  credentials(identityName?: string): UniversalAuthCredentials {
    const all = this.#state.identities.all();
    const { universalAuth } =
      all.find((one) => (identityName === undefined ? one.universalAuth : one.name === identityName)) ?? {};
    if (!universalAuth) {
      throw new Error(`The test server has no identity ${quoted(identityName)}with Universal Auth`);
    }
    const { clientId, clientSecret } = universalAuth;
    return { clientId, clientSecret };
  }

  projectId(slug?: string): string {
    const { projects } = this.#state;
    const project = slug === undefined ? projects.all()[0] : projects.bySlug(slug);
    if (!project) throw new Error(`The test server has no project ${quoted(slug)}`.trim());
    return project.id;
  }

  async listen(options: ListenOptions = {}): Promise<{ siteUrl: string }> {
    return { siteUrl: await this.#sockets.listen(options) };
  }

  close(): Promise<void> {
    this.#responder.hangUp();
    this.#state.eventStreams.drop();
    return this.#sockets.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  fail(match: FailureMatch, failure: Failure): FailureHandle {
    return this.#responder.faults.add(match, failure);
  }

  route<Path extends string>(
    method: TestRouteMethod,
    path: Path,
    handler: TestRouteHandler<Path>,
    options: TestRouteOptions = {},
  ): void {
    const route = parseRoute(method, path, handler as TestRouteHandler, options);
    this.#application.add(route);
    this.#ownRoutes.push(route);
  }

  reset(): void {
    this.#responder.faults.clear();
    this.#state.eventStreams.drop();
    this.clock.reset();
    this.#responder.log.length = 0;
    this.#state = this.#seededState();
    this.#application = createApplication(this.#state);
    for (const route of this.#ownRoutes) this.#application.add(route);
  }

  #seededState(): ServerState {
    const state = new ServerState(this.clock, this.#issuer, this.#authorities, this.#options);
    applySeed(state, this.#options);
    return state;
  }
}

function quoted(name: string | undefined): string {
  return name === undefined ? "" : `"${name}" `;
}

function storedLease({ id, dynamicSecret, expireAt, status, statusDetails, data }: Lease): StoredLease {
  return { id, dynamicSecretName: dynamicSecret.name, expireAt, status, statusDetails, data };
}
