import type { Context, Hono } from "hono";
import type { Identity } from "../state/entities.js";
import type { ServerState } from "../state/server-state.js";
import { unauthorized } from "./api-error.js";
import type { Call } from "./call.js";
import { errorReply, jsonReply, unknownRouteReply } from "./replies.js";
import { parseBody } from "./request-body.js";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** What hono hands to the routes besides its own request. */
export interface CallBindings {
  readonly Bindings: { readonly call: Call };
}

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

/** Registers routes: reads the token, runs the handler, turns what it gives or throws into a reply. */
export class Routes {
  readonly #application: Hono<CallBindings>;
  readonly state: ServerState;

  constructor(application: Hono<CallBindings>, state: ServerState) {
    this.#application = application;
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
    this.#application.on(method, path, async (context) => {
      const { call } = context.env;
      const parameters = context.req.param() as Record<string, string>;
      if (Object.values(parameters).some((value) => value.length > longestParameter)) {
        return unknownRouteReply(call);
      }
      try {
        const { value, scope } = handle(this.#request(context, parameters), this.#identity(call));
        const reply = await value;
        return reply instanceof Response ? reply : jsonReply(call, 200, reply, scope);
      } catch (error) {
        return errorReply(call, error, this.state.identifiers.request());
      }
    });
  }

  #request(context: Context<CallBindings>, parameters: Record<string, string>): PublicRequest {
    const { call } = context.env;
    return {
      call,
      query: call.query,
      parameter: (name) => parameters[name]?.trim() ?? "",
      body: () => parseBody(call),
    };
  }

  /** The first seven characters are cut off, whatever they are. */
  #identity({ headers }: Call): Identity | undefined {
    const authorization = headers.get("authorization");
    if (authorization === null) return undefined;
    return this.state.accessTokens.authenticate(authorization.slice(7).trim());
  }
}
