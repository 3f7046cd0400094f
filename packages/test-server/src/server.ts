import type { TestClock } from "./clock.ts";
import type { Failure, FailureHandle, FailureMatch } from "./faults/failure.ts";
import type { TestServerOptions } from "./options.ts";
import type { LoggedRequest } from "./request-log.ts";
import { StoredSecrets } from "./secrets/stored-secrets.ts";
import { parseArgument } from "./seed/parse-argument.ts";
import { Simulation } from "./simulation.ts";
import type { Lease } from "./state/dynamic-secret-entities.ts";
import type {
  ListenOptions,
  SeededIdentity,
  SeededProject,
  StoredLease,
  TestLeases,
  TestServer,
  TestTokens,
  UniversalAuthCredentials,
} from "./test-server.ts";
import { type Fetch, inProcessFetch } from "./transport/in-process-fetch.ts";
import { inProcessTransport } from "./transport/in-process-transport.ts";
import { SocketServer } from "./transport/socket-server.ts";
import type { TestTransport } from "./transport/test-transport.ts";

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
  return new InMemoryServer(new Simulation(options));
}

class InMemoryServer implements TestServer {
  readonly transport: TestTransport;
  readonly fetch: Fetch;
  readonly clock: TestClock;
  readonly secrets: StoredSecrets;
  readonly tokens: TestTokens;
  readonly leases: TestLeases;
  readonly #simulation: Simulation;
  readonly #sockets: SocketServer;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    this.#sockets = new SocketServer(simulation.responder);
    this.transport = inProcessTransport(simulation.responder);
    this.fetch = inProcessFetch(simulation.responder);
    this.clock = simulation.clock;
    this.secrets = new StoredSecrets(() => simulation.state);
    this.tokens = {
      expire: (accessToken) => simulation.state.accessTokens.expireNow(accessToken),
      revoke: (accessToken) => simulation.state.accessTokens.revokeNow(accessToken),
    };
    this.leases = {
      list: () => simulation.state.leases.all().map(storedLease),
      failRevocations: (failure = {}) =>
        simulation.state.leases.revocationFailures.add(parseArgument("leases.failRevocations()", failure)),
    };
  }

  get requests(): readonly LoggedRequest[] {
    return this.#simulation.responder.log.entries;
  }

  get projects(): readonly SeededProject[] {
    return this.#simulation.state.projects.all().map(({ id, slug }) => ({ id, slug }));
  }

  get identities(): readonly SeededIdentity[] {
    return this.#simulation.state.identities.all().map(({ id, name, universalAuth }) => ({
      name,
      identityId: id,
      ...(universalAuth && { clientId: universalAuth.clientId, clientSecret: universalAuth.clientSecret }),
    }));
  }

  credentials(identityName?: string): UniversalAuthCredentials {
    const identity = this.#simulation.state.identities
      .all()
      .find(({ name, universalAuth }) =>
        identityName === undefined ? universalAuth : name === identityName,
      );
    if (!identity?.universalAuth) {
      throw new Error(`The test server has no identity ${quoted(identityName)}with Universal Auth`);
    }
    const { clientId, clientSecret } = identity.universalAuth;
    return { clientId, clientSecret };
  }

  projectId(slug?: string): string {
    const { projects } = this.#simulation.state;
    const project = slug === undefined ? projects.all()[0] : projects.bySlug(slug);
    if (!project) throw new Error(`The test server has no project ${quoted(slug)}`.trim());
    return project.id;
  }

  async listen(options: ListenOptions = {}): Promise<{ siteUrl: string }> {
    return { siteUrl: await this.#sockets.listen(options) };
  }

  close(): Promise<void> {
    this.#simulation.responder.hangUp();
    return this.#sockets.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  fail(match: FailureMatch, failure: Failure): FailureHandle {
    return this.#simulation.responder.faults.add(match, failure);
  }

  reset(): void {
    this.#simulation.reset();
  }
}

function quoted(name: string | undefined): string {
  return name === undefined ? "" : `"${name}" `;
}

function storedLease({ id, dynamicSecret, expireAt, status, statusDetails, data }: Lease): StoredLease {
  return { id, dynamicSecretName: dynamicSecret.name, expireAt, status, statusDetails, data };
}
