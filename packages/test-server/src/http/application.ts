import { Hono } from "hono";
import { registerRoutes } from "../routes/register-routes.js";
import type { ServerState } from "../state/server-state.js";
import { badRequest } from "./api-error.js";
import type { Call } from "./call.js";
import { errorReply, unknownRouteReply } from "./replies.js";
import { bodyLimit } from "./request-body.js";
import { type CallBindings, Routes } from "./routes.js";
import { isKnownFamily, notImplemented } from "./unimplemented.js";

/** Answers requests, without sockets and without faults. */
export type Application = (call: Call) => Promise<Response>;

/** Methods of HTTP that a Request cannot have. */
const unroutable = ["CONNECT", "TRACE", "TRACK"];

/** The API over one state. */
export function createApplication(state: ServerState): Application {
  // The path is taken as it was sent, since a URL would resolve "..", which is a name here.
  const hono = new Hono<CallBindings>({ getPath: (_request, options) => options?.env?.call.path ?? "/" });
  registerRoutes(new Routes(hono, state));
  hono.options("*", () => new Response(null, { status: 204 }));
  hono.notFound(({ env: { call } }) =>
    isKnownFamily(call)
      ? errorReply(call, notImplemented(call), state.identifiers.request())
      : unknownRouteReply(call),
  );
  hono.onError((error, { env: { call } }) => errorReply(call, error, state.identifiers.request()));

  return async (call) => {
    const refusal = refusalOf(call);
    if (refusal) return errorReply(call, refusal, state.identifiers.request());
    if (unroutable.includes(call.method)) return unknownRouteReply(call);
    return hono.fetch(new Request("http://test-server", { method: call.method }), { call });
  };
}

function refusalOf(call: Call): Error | undefined {
  if (Buffer.byteLength(call.bodyText ?? "") > bodyLimit) return new Error("Request body is too large");
  try {
    decodeURIComponent(call.path);
    return undefined;
  } catch {
    return badRequest(`'${call.target}' is not a valid url component`);
  }
}
