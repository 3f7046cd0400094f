import { createHash } from "node:crypto";
import { ApiError } from "./api-error.ts";
import type { Call } from "./call.ts";
import type { HttpResponse } from "./http-response.ts";

/** A JSON response with a strong ETag. A read whose ETag the client already has is answered with 304. */
export function jsonResponse(call: Call, status: number, value: unknown, scope = ""): HttpResponse {
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

/** The response to an error: the server's envelope for an API error, 500 for any other. */
export function errorResponse(call: Call, error: unknown, requestId: string): HttpResponse {
  if (!(error instanceof ApiError)) {
    return jsonResponse(call, 500, {
      reqId: requestId,
      statusCode: 500,
      message: "Something went wrong",
      error: "InternalServerError",
    });
  }
  return jsonResponse(call, error.status, {
    reqId: requestId,
    statusCode: error.status,
    message: error.issues ?? error.message,
    error: error.label,
  });
}

/** The response to a route that no server has; it comes from the framework, not from the API. */
export function unknownRouteResponse(call: Call): HttpResponse {
  return jsonResponse(call, 404, {
    message: `Route ${call.method}:${call.target} not found`,
    error: "Not Found",
    statusCode: 404,
  });
}

/** The response to a request for another host. */
export function misdirectedResponse(call: Call, host = ""): HttpResponse {
  const name = JSON.stringify(host.replace(/:\d*$/, ""));
  return jsonResponse(call, 421, {
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
