import type { Router } from "hono/router";
import type { Identity } from "../state/entities.js";
import type { ServerState } from "../state/server-state.js";
import { unauthorized } from "./api-error.js";
import type { Call } from "./call.js";
import type { HttpResponse } from "./http-response.js";
import { jsonReply, unknownRouteReply } from "./replies.js";
import { parseBody } from "./request-body.js";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Answers the calls of one route; the path parameters come decoded. */
export type RouteHandler = (
  call: Call,
  parameters: Readonly<Record<string, string>>,
) => HttpResponse | Promise<HttpResponse>;

/** What the handler of a public route gets. */
export interface PublicRequest {
  readonly call: Call;
  readonly query: unknown;
  /** The decoded path parameter of that name. */
  parameter(name: string): string;
  /** Reads the body; only a route that takes one calls this. */
  body(): unknown;
}

/** What the handler of a route behind a login gets. */
export interface SignedInRequest extends PublicRequest {
  readonly identity: Identity;
}

/** Longer path parameters match no route, as on the real server. */
const longestParameter = 100;

/** Registers routes: reads the token, runs the handler, turns what it gives into a response. */
export class Routes {
  readonly #router: Router<RouteHandler>;
  readonly state: ServerState;

  constructor(router: Router<RouteHandler>, state: ServerState) {
    this.#router = router;
    this.state = state;
  }

  /** A route that needs no token. One that is sent must be good all the same. */
  open(method: Method, path: string, handle: (request: PublicRequest) => unknown): void {
    this.#register(method, path, (request) => ({ value: handle(request) }));
  }

  /** A route that needs a token. */
  signedIn(method: Method, path: string, handle: (request: SignedInRequest) => unknown): void {
    this.#register(method, path, (request, identity) => {
      if (!identity) throw unauthorized("Token missing");
      // Two identities may see different things, so what one has cached is not the other's.
      const scope = method === "GET" ? `${identity.id} ${request.call.target} ` : "";
      return { value: handle({ ...request, identity }), scope };
    });
  }

  #register(
    method: Method,
    path: string,
    handle: (request: PublicRequest, identity: Identity | undefined) => { value: unknown; scope?: string },
  ): void {
    this.#router.add(method, path, async (call, parameters) => {
      if (Object.values(parameters).some((value) => value.length > longestParameter)) {
        return unknownRouteReply(call);
      }
      const request: PublicRequest = {
        call,
        query: call.query,
        parameter: (name) => parameters[name]?.trim() ?? "",
        body: () => parseBody(call),
      };
      const { value, scope } = handle(request, this.#identity(call));
      return jsonReply(call, 200, await value, scope);
    });
  }

  /** The first seven characters are cut off, whatever they are. */
  #identity({ headers }: Call): Identity | undefined {
    const authorization = headers["authorization"];
    if (authorization === undefined) return undefined;
    return this.state.accessTokens.authenticate(authorization.slice(7).trim());
  }
}
