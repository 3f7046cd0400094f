import { universalAuth } from "@infisical/auth-universal";
import {
  type AuthStrategy,
  type Client,
  type ClientOptions,
  createClient,
  type Plugin,
} from "@infisical/core";
import { createTestServer, type TestServer, type TestServerOptions } from "@infisical/test-server";
import { onTestFinished } from "vitest";

/** The client's options, and those of the server. */
export interface StartOptions<Plugins extends readonly Plugin[] = readonly []>
  extends ClientOptions<Plugins> {
  readonly server?: TestServerOptions | undefined;
  /** Leaves closing the server to the caller, for a server that several tests share. */
  readonly keepOpen?: boolean | undefined;
}

/** Where a test works. */
export interface TestLocation {
  readonly projectId: string;
  readonly environment: string;
}

/**
 * Starts a test server on a socket, with a client that logs in as the server's first identity and shares its clock.
 * The server closes when the test ends.
 */
export async function start<const Plugins extends readonly Plugin[] = readonly []>(
  options: StartOptions<Plugins> = {},
) {
  const { server: serverOptions, keepOpen, ...clientOptions } = options;
  const server: TestServer = createTestServer(serverOptions);
  const { siteUrl } = await server.listen();
  if (!keepOpen) onTestFinished(() => server.close());
  const auth = server.identities[0]?.clientId ? strategyFor(server) : undefined;
  /** Creates another client of the server. */
  function connect<const Others extends readonly Plugin[] = readonly []>(
    others: ClientOptions<Others> = {},
  ): Client<Others> {
    return createClient({ siteUrl, auth, clock: server.clock, ...others });
  }
  const projectId = server.projects[0]?.id ?? "";
  /** The environment `dev` of the server's first project. */
  const location: TestLocation = { projectId, environment: "dev" };
  return {
    server,
    siteUrl,
    client: connect<Plugins>(clientOptions as ClientOptions<Plugins>),
    connect,
    projectId,
    location,
  };
}

/** Logs in as one of the server's identities, the first by default, possibly with a wrong secret. */
export function strategyFor(
  server: TestServer,
  { identity = 0, ...changes }: { identity?: number; clientSecret?: string } = {},
): AuthStrategy {
  const { clientId = "", clientSecret = "" } = server.identities[identity] ?? {};
  return universalAuth({ clientId, clientSecret, ...changes });
}
