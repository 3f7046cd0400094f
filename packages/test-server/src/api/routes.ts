import type { Router } from "hono/router";
import type { Identity } from "../auth/identities.ts";
import type { TextStream } from "../engine/text-stream.ts";
import { forbidden, unauthorized } from "./api-error.ts";
import { type Call, type EtagForm, type HttpResponse, jsonResponse, parseBody } from "./http.ts";
import { answerOwnRoute, type OwnRoute } from "./own-routes.ts";
import type { ServerState } from "./server-state.ts";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Answers the calls of one route. The path parameters are decoded. */
export type RouteHandler = (
  call: Call,
  parameters: Readonly<Record<string, string>>,
) => Promise<HttpResponse>;

/** A route in the router. */
export interface RegisteredRoute {
  readonly path: string;
  readonly answer: RouteHandler;
}

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

/** The request of a stream. */
export interface StreamRequest extends AuthenticatedRequest {
  /** What the identity has proven itself with, which can expire before the stream ends. */
  readonly accessToken: string;
}

/** What every stream of events is sent with. A proxy must neither keep nor delay it. */
const streamHeaders = {
  "content-type": "text/event-stream",
  "cache-control": "no-cache",
  "x-accel-buffering": "no",
};

/** Registers routes: reads the token, runs the handler, converts its result to a response. */
export class Routes {
  readonly #router: Router<RegisteredRoute>;
  readonly state: ServerState;

  constructor(router: Router<RegisteredRoute>, state: ServerState) {
    this.#router = router;
    this.state = state;
  }

  /** A route that requires no token. If one is sent, it must be valid all the same. */
  public(method: Method, path: string, handle: (request: PublicRequest) => unknown): void {
    this.#add(method, path, async (call, parameters) => {
      await this.#identity(call);
      this.#count(call, path);
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
    this.#add(method, path, async (call, parameters) => {
      const identity = await this.#identity(call);
      if (!identity) throw unauthorized("Token missing");
      this.#count(call, path);
      return jsonResponse(call, 200, await handle({ ...requestOf(call, parameters), identity }), etag);
    });
  }

  /** A route that requires a token and answers with a stream of events. An error before it is a response like any other. */
  stream(method: Method, path: string, open: (request: StreamRequest) => TextStream): void {
    this.#add(method, path, async (call, parameters) => {
      const identity = await this.#identity(call);
      if (!identity) throw unauthorized("Token missing");
      this.#count(call, path);
      const request = { ...requestOf(call, parameters), identity, accessToken: tokenOf(call) ?? "" };
      return { status: 200, headers: streamHeaders, body: "", stream: open(request) };
    });
  }

  /** A route for users, which no identity is allowed. */
  forUsers(method: Method, path: string): void {
    this.authenticated(method, path, ({ call }) => {
      throw forUsersOnly(call);
    });
  }

  /**
   * A route that a test adds.
   *
   * @throws Error when requests to it are answered already.
   */
  own(route: OwnRoute): void {
    const { method, path, isPublic } = route;
    const [[taken]] = this.#router.match(method, path);
    if (taken)
      throw new Error(`route(): ${method} ${path} is answered already, by ${method} ${taken[0].path}`);
    this.#add(method, path, async (call, parameters) => {
      const identity = await this.#identity(call);
      if (!identity && !isPublic) throw unauthorized("Token missing");
      this.#count(call, path);
      return answerOwnRoute(route, call, parameters, identity);
    });
  }

  #add(method: Method | OwnRoute["method"], path: string, answer: RouteHandler): void {
    this.#router.add(method, path, { path, answer });
  }

  /** Counts a request against the limits, before it is validated. One whose body cannot be read does not get this far. */
  #count(call: Call, path: string): void {
    const { rateLimiter } = this.state;
    if (rateLimiter && (call.method === "GET" || isReadable(call))) rateLimiter.count(call, path);
  }

  async #identity(call: Call): Promise<Identity | undefined> {
    const accessToken = tokenOf(call);
    return accessToken === undefined ? undefined : this.state.accessTokens.authenticate(accessToken);
  }
}

/** Whether the framework can read the body. */
function isReadable(call: Call): boolean {
  try {
    parseBody(call);
    return true;
  } catch {
    return false;
  }
}

/** The first seven characters (`Bearer `) are removed, whatever they are. */
function tokenOf({ headers: { authorization } }: Call): string | undefined {
  return authorization ? authorization.slice(7).trim() : undefined;
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
