import type { Call, HttpResponse } from "../api/http.ts";
import { checked, name, type ObjectOf, object, optional } from "../engine/check.ts";
import type { SocketPathOptions } from "../engine/socket-server.ts";
import type { StandIn } from "./stand-in.ts";
import {
  type Issue,
  jsonFields,
  TokenPlatform,
  textResponse,
  tokenPlatformFields,
} from "./token-platform.ts";

const flyOptions = object({
  ...tokenPlatformFields,
  /**
   * The slug of the organization.
   *
   * @defaultValue "acme"
   */
  organization: optional(name),
});

/**
 * The simulated Fly Machine.
 *
 * @example
 * import { createTestFly, createTestTokenIssuer } from "@infisical/test-server/clouds";
 * const platform = createTestFly({
 *   issuer: createTestTokenIssuer(),
 *   claims: { app_name: "shop" },
 *   clock: { frozen: true },
 *   expiresIn: 60,
 * });
 */
export interface TestFlyOptions extends ObjectOf<typeof flyOptions.fields> {}

/** The Machines API in a simulated Fly Machine. */
export interface TestFly extends StandIn {
  /**
   * Opens a Unix socket.
   *
   * @param options - The path of the socket; in a Machine it is `/.fly/api`.
   * @returns The path of the socket, and the variables of the Machine.
   * @throws Error when the path is taken or the API is already listening.
   */
  listen(options: SocketPathOptions): Promise<{
    /** The path of the socket. */
    socketPath: string;
    /** The variables of the Machine. */
    variables: {
      /** The name of the app. */
      FLY_APP_NAME: string;
      /** The id of the Machine. */
      FLY_MACHINE_ID: string;
    };
  }>;
}

/**
 * Creates the Machines API in a simulated Fly Machine, for tests. It opens no socket until `listen()` is called.
 *
 * It issues tokens that live 10 minutes to whoever can open the socket.
 *
 * @param options - The issuer and the organization.
 * @returns The API.
 * @throws TypeError when an option is unknown or not valid; the message names it.
 *
 * @example
 * import { createTestFly, createTestTokenIssuer } from "@infisical/test-server/clouds";
 *
 * const fly = createTestFly({ issuer: createTestTokenIssuer(), organization: "acme" });
 * const start = async (socketPath: string) => Object.assign(process.env, (await fly.listen({ socketPath })).variables);
 */
export function createTestFly(options: TestFlyOptions): TestFly {
  return new Fly(checked("createTestFly()", flyOptions, options));
}

const variables = { FLY_APP_NAME: "app", FLY_MACHINE_ID: "148e21ea7d4389" } as const;

class Fly extends TokenPlatform implements TestFly {
  constructor(options: TestFlyOptions) {
    const { organization = "acme" } = options;
    super("fly", options, 600, (issue) => machinesApi(issue, organization));
  }

  async listen(options: SocketPathOptions) {
    // Without a path, it must not become a port.
    const socketPath = await this.open({ ...options, socketPath: options.socketPath });
    return { socketPath, variables: { ...variables } };
  }
}

function machinesApi(issue: Issue, organization: string): (call: Call) => Promise<HttpResponse> {
  const { FLY_APP_NAME: app, FLY_MACHINE_ID: machine } = variables;
  const claims = {
    sub: `${organization}:${app}:machine`,
    org_name: organization,
    app_name: app,
    machine_id: machine,
  };
  return async (call) => {
    if (call.method !== "POST" || call.path !== "/v1/tokens/oidc")
      return textResponse(404, "404 page not found");
    const { aud = `https://fly.io/${organization}` } = jsonFields(call);
    if (typeof aud !== "string") return textResponse(400, "invalid aud");
    return textResponse(200, await issue({ aud, ...claims }));
  };
}
