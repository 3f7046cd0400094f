import type { TestRouteHandler, TestRouteMethod, TestRouteOptions } from "./api/own-routes.ts";
import type { TestCertificates } from "./certificate-access.ts";
import type { TestCluster } from "./clouds/kubernetes-cluster.ts";
import type { TokenIssuer } from "./clouds/token-issuer.ts";
import type {
  SeededIdentity,
  SeededProject,
  TestEvents,
  TestLeases,
  TestSecrets,
  TestTokens,
  UniversalAuthCredentials,
} from "./direct-access.ts";
import type { AsyncDisposal } from "./engine/async-disposal.ts";
import type { TestClock } from "./engine/clock.ts";
import type { Failure, FailureHandle, FailureMatch } from "./engine/failure.ts";
import type { TestTransport } from "./engine/in-process-transport.ts";
import type { LoggedRequest } from "./engine/responder.ts";
import type { ListenOptions } from "./engine/socket-server.ts";

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
