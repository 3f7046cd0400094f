import { TrieRouter } from "hono/router/trie-router";
import { registerRoutes } from "../routes/register-routes.ts";
import type { ServerState } from "../state/server-state.ts";
import { badRequest } from "./api-error.ts";
import type { Call } from "./call.ts";
import type { HttpResponse } from "./http-response.ts";
import { bodyLimit } from "./request-body.ts";
import { errorResponse, unknownRouteResponse } from "./responses.ts";
import { type RouteHandler, Routes } from "./routes.ts";
import { isKnownFamily, notImplemented } from "./unimplemented.ts";

/** Answers requests, without sockets and without faults. */
export type Application = (call: Call) => Promise<HttpResponse>;

/** Methods that no route of Infisical has. */
const unroutable = ["CONNECT", "TRACE", "TRACK"];

/** The API of one server state. */
export function createApplication(state: ServerState): Application {
  const router = new TrieRouter<RouteHandler>();
  registerRoutes(new Routes(router, state));

  async function respond(call: Call): Promise<HttpResponse> {
    assertReadable(call);
    if (unroutable.includes(call.method)) return unknownRouteResponse(call);
    if (call.method === "OPTIONS") return { status: 204, headers: {}, body: "" };
    const [[match]] = router.match(call.method === "HEAD" ? "GET" : call.method, call.path);
    if (match) return match[0](call, decoded(match[1]));
    if (isKnownFamily(call)) throw notImplemented(call);
    return unknownRouteResponse(call);
  }

  return (call) => respond(call).catch((error) => errorResponse(call, error, state.identifiers.request()));
}

/** Checks the path as it was sent: a `URL` would resolve "..", which is a name here. */
function assertReadable(call: Call): void {
  if (Buffer.byteLength(call.bodyText ?? "") > bodyLimit) throw new Error("Request body is too large");
  try {
    decodeURIComponent(call.path);
  } catch {
    throw badRequest(`'${call.target}' is not a valid url component`);
  }
}

function decoded(parameters: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, decodeURIComponent(String(value))]),
  );
}
