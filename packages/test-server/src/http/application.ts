import { TrieRouter } from "hono/router/trie-router";
import { registerRoutes } from "../routes/register-routes.js";
import type { ServerState } from "../state/server-state.js";
import { badRequest } from "./api-error.js";
import type { Call } from "./call.js";
import type { HttpResponse } from "./http-response.js";
import { errorReply, unknownRouteReply } from "./replies.js";
import { bodyLimit } from "./request-body.js";
import { type RouteHandler, Routes } from "./routes.js";
import { isKnownFamily, notImplemented } from "./unimplemented.js";

/** Answers requests, without sockets and without faults. */
export type Application = (call: Call) => Promise<HttpResponse>;

/** Methods that belong to no route, not even to one that this server lacks. */
const unroutable = ["CONNECT", "TRACE", "TRACK"];

/** The API over one state. */
export function createApplication(state: ServerState): Application {
  const router = new TrieRouter<RouteHandler>();
  registerRoutes(new Routes(router, state));

  async function respond(call: Call): Promise<HttpResponse> {
    assertReadable(call);
    if (unroutable.includes(call.method)) return unknownRouteReply(call);
    if (call.method === "OPTIONS") return { status: 204, headers: {}, body: "" };
    const [[match]] = router.match(call.method === "HEAD" ? "GET" : call.method, call.path);
    if (match) return match[0](call, decoded(match[1]));
    if (isKnownFamily(call)) throw notImplemented(call);
    return unknownRouteReply(call);
  }

  return (call) => respond(call).catch((error) => errorReply(call, error, state.identifiers.request()));
}

/** The path is taken as it was sent, since a URL would resolve "..", which is a name here. */
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
