import { createHash } from "node:crypto";
import { ApiError } from "./api-error.js";
import type { Call } from "./call.js";
import type { HttpResponse } from "./http-response.js";

/** A JSON reply with a strong ETag; reads that the client has already are answered with 304. */
export function jsonReply(call: Call, status: number, value: unknown, scope = ""): HttpResponse {
  const body = JSON.stringify(value);
  const etag = `"${createHash("sha1").update(scope).update(body).digest("base64")}"`;
  if (isRead(call.method) && call.headers["if-none-match"] === etag) {
    return { status: 304, headers: { etag }, body: "" };
  }
  return {
    status,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-length": String(Buffer.byteLength(body)),
      etag,
    },
    body,
  };
}

/** The reply to an error: the server's envelope for the ones it knows, 500 for the rest. */
export function errorReply(call: Call, error: unknown, requestId: string): HttpResponse {
  if (!(error instanceof ApiError)) {
    return jsonReply(call, 500, {
      reqId: requestId,
      statusCode: 500,
      message: "Something went wrong",
      error: "InternalServerError",
    });
  }
  return jsonReply(call, error.status, {
    reqId: requestId,
    statusCode: error.status,
    message: error.issues ?? error.message,
    error: error.label,
  });
}

/** The reply to a route that no server has, which is not the API's but the framework's. */
export function unknownRouteReply(call: Call): HttpResponse {
  return jsonReply(call, 404, {
    message: `Route ${call.method}:${call.target} not found`,
    error: "Not Found",
    statusCode: 404,
  });
}

/** The reply to a request that was meant for another host. */
export function misdirectedReply(call: Call, host = ""): HttpResponse {
  const name = JSON.stringify(host.replace(/:\d*$/, ""));
  return jsonReply(call, 421, {
    statusCode: 421,
    message:
      `The test server does not answer as ${name}. It protects nothing, so a name must be allowed before web pages ` +
      `can use it: listen({ allowedHosts: [${name}] }), or --allow-host on the command line`,
    error: "MisdirectedRequest",
  });
}

function isRead(method: string): boolean {
  return method === "GET" || method === "HEAD";
}
