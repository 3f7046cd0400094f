import type { Router } from "hono/router";
import type { Identity } from "../state/entities.ts";
import type { ServerState } from "../state/server-state.ts";
import { unauthorized } from "./api-error.ts";
import type { Call } from "./call.ts";
import type { HttpResponse } from "./http-response.ts";
import { parseBody } from "./request-body.ts";
import { jsonResponse, unknownRouteResponse } from "./responses.ts";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Answers the calls of one route. The path parameters are decoded. */
export type RouteHandler = (
  call: Call,
  parameters: Readonly<Record<string, string>>,
) => HttpResponse | Promise<HttpResponse>;

/** The request of a public route. */
export interface PublicRequest {
  readonly call: Call;
  readonly query: unknown;
  /** The decoded path parameter of that name. */
  parameter(name: string): string;
  /** Reads the body; only routes with a body call this. */
  body(): unknown;
}

/** The request of a route that requires a token. */
export interface AuthenticatedRequest extends PublicRequest {
  readonly identity: Identity;
}

/** Longer path parameters match no route, as on the real server. */
const longestParameter = 100;

/** Registers routes: reads the token, runs the handler, converts its result to a response. */
export class Routes {
  readonly #router: Router<RouteHandler>;
  readonly state: ServerState;

  constructor(router: Router<RouteHandler>, state: ServerState) {
    this.#router = router;
    this.state = state;
  }

  /** A route that requires no token. If one is sent, it must be valid all the same. */
  public(method: Method, path: string, handle: (request: PublicRequest) => unknown): void {
    this.#register(method, path, (request) => ({ value: handle(request) }));
  }

  /** A route that requires a token. */
  authenticated(method: Method, path: string, handle: (request: AuthenticatedRequest) => unknown): void {
    this.#register(method, path, (request, identity) => {
      if (!identity) throw unauthorized("Token missing");
      // Identities can see different things, so the ETag that one has is not valid for another.
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
        return unknownRouteResponse(call);
      }
      const request: PublicRequest = {
        call,
        query: call.query,
        parameter: (name) => parameters[name]?.trim() ?? "",
        body: () => parseBody(call),
      };
      const { value, scope } = handle(request, this.#identity(call));
      return jsonResponse(call, 200, await value, scope);
    });
  }

  /** The first seven characters (`Bearer `) are removed, whatever they are. */
  #identity({ headers }: Call): Identity | undefined {
    const authorization = headers["authorization"];
    if (authorization === undefined) return undefined;
    return this.state.accessTokens.authenticate(authorization.slice(7).trim());
  }
}
