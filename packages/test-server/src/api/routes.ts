import type { Router } from "hono/router";
import type { Identity } from "../auth/identities.ts";
import { forbidden, unauthorized } from "./api-error.ts";
import { type Call, type EtagForm, type HttpResponse, jsonResponse, parseBody } from "./http.ts";
import type { ServerState } from "./server-state.ts";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Answers the calls of one route. The path parameters are decoded. */
export type RouteHandler = (
  call: Call,
  parameters: Readonly<Record<string, string>>,
) => Promise<HttpResponse>;

/** The request of a public route. */
export interface PublicRequest {
  readonly call: Call;
  readonly query: unknown;
  /** The decoded path parameter of that name, without surrounding whitespace. */
  parameter(name: string): string;
  /** Reads the body; only routes with a body call this. */
  body(): unknown;
}

/** The request of a route that requires a token. */
export interface AuthenticatedRequest extends PublicRequest {
  readonly identity: Identity;
}

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
    this.#router.add(method, path, async (call, parameters) => {
      await this.#identity(call);
      return jsonResponse(call, 200, await handle(requestOf(call, parameters)));
    });
  }

  /** A route that requires a token. Its entity tags can have the form of those of lists. */
  authenticated(
    method: Method,
    path: string,
    handle: (request: AuthenticatedRequest) => unknown,
    etag?: EtagForm,
  ): void {
    this.#router.add(method, path, async (call, parameters) => {
      const identity = await this.#identity(call);
      if (!identity) throw unauthorized("Token missing");
      return jsonResponse(call, 200, await handle({ ...requestOf(call, parameters), identity }), etag);
    });
  }

  /** A route for users, which no identity is allowed. */
  forUsers(method: Method, path: string): void {
    this.authenticated(method, path, ({ call }) => {
      throw forUsersOnly(call);
    });
  }

  /** The first seven characters (`Bearer `) are removed, whatever they are. */
  async #identity({ headers }: Call): Promise<Identity | undefined> {
    const { authorization } = headers;
    return authorization ? this.state.accessTokens.authenticate(authorization.slice(7).trim()) : undefined;
  }
}

/** The refusal of a machine identity where only users are let in. */
export function forUsersOnly({ target }: Call): Error {
  return forbidden("You are not allowed to access this resource", `Forbidden access to ${target}`);
}

function requestOf(call: Call, parameters: Readonly<Record<string, string>>): PublicRequest {
  return {
    call,
    query: call.query,
    parameter: (name) => parameters[name]?.trim() ?? "",
    body: () => parseBody(call),
  };
}
