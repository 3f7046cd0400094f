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
import { checked } from "./engine/check.ts";
import { MovableClock } from "./engine/clock.ts";
import type { Failure, FailureHandle, FailureMatch } from "./engine/failure.ts";
import { inProcessFetch } from "./engine/in-process-fetch.ts";
import { inProcessTransport } from "./engine/in-process-transport.ts";
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
import type { TestServer } from "./test-server.ts";

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
    this.#sockets = new SocketServer(this.#responder, () => this.#state);
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
