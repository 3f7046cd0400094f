import { z } from "zod";
import type { Identity } from "../auth/identities.ts";
import {
  accepting,
  boolean,
  type Check,
  checked,
  type ObjectOf,
  object,
  oneOf,
  optional,
} from "../engine/check.ts";
import { ApiError } from "./api-error.ts";
import { type Call, type HttpResponse, jsonResponse, normalizeHeaders, parseBody } from "./http.ts";

/** The HTTP method of a route of one's own. The response to `HEAD` is that to `GET` without its body. */
export type TestRouteMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** The names of the parameters in a path: `"projectId"` in `/api/v1/projects/:projectId/notes`. */
export type PathParameters<Path extends string> = string extends Path
  ? string
  : Path extends `${string}/:${infer Name}/${infer Rest}`
    ? Name | PathParameters<`/${Rest}`>
    : Path extends `${string}/:${infer Name}`
      ? Name
      : never;

/** Whom the access token of a request stands for. */
export interface TestRouteIdentity {
  /** The identity's name. */
  readonly name: string;
  /** Its id. */
  readonly identityId: string;
}

/** A request to a route of one's own. */
export interface TestRouteRequest<Path extends string = string> {
  /** The parameters of the path, decoded. */
  readonly params: { readonly [Name in PathParameters<Path>]: string };
  /** The query parameters; a repeated one is a list. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** The headers, with lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON, the fields of a form, or a text; `undefined` without a body, and for `GET`. */
  readonly body: unknown;
  /** Whom the access token stands for; `undefined` only on a `public` route, for a request without a token. */
  readonly identity: TestRouteIdentity | undefined;
}

/**
 * Answers the requests to a route of one's own.
 *
 * An object with no other fields than `status` (200 by default), `headers` and `body` is the response; anything else is
 * the JSON of a 200. A `body` is sent as JSON, or as it is if it is a text and `headers` has another `content-type`.
 * Without a `body`, and for `undefined`, the response has none.
 */
export type TestRouteHandler<Path extends string = string> = (request: TestRouteRequest<Path>) => unknown;

const routeOptions = object({
  /**
   * Whether requests need no access token, as a login does. If one is sent, it must be valid all the same.
   *
   * @defaultValue false
   */
  public: optional(boolean),
});

/** How a route of one's own is reached. */
export interface TestRouteOptions extends ObjectOf<typeof routeOptions.fields> {}

/** A route that a test has added. */
export interface OwnRoute {
  readonly method: TestRouteMethod;
  readonly path: string;
  readonly handler: TestRouteHandler;
  readonly isPublic: boolean;
}

const segment = /^(?::[A-Za-z_]\w*|[\w!$&'()+,\-.;=@~][\w!$&'()+,\-.:;=@~]*)$/;

const routeCheck = object({
  method: oneOf("GET", "POST", "PUT", "PATCH", "DELETE"),
  path: accepting<string>(
    z
      .string()
      .refine(isPath, (value) => ({
        message: `must be segments such as "/api/v1/notes/:noteId", got ${JSON.stringify(value)}`,
      }))
      .refine(hasDistinctNames, (value) => ({
        message: `must have parameters of different names, got ${JSON.stringify(value)}`,
      })),
  ),
  handler: accepting<TestRouteHandler>(z.function()),
});

/**
 * Checks a route, which a misspelled one would never be.
 *
 * @throws TypeError that names what is wrong.
 */
export function parseRoute(
  method: TestRouteMethod,
  path: string,
  handler: TestRouteHandler,
  options: TestRouteOptions,
): OwnRoute {
  checked("route()", routeCheck, { method, path, handler });
  const { public: isPublic = false } = checked<TestRouteOptions>("route()", routeOptions, options);
  return { method, path, handler, isPublic };
}

const ownResponse = object({
  status: optional(accepting<number>(z.number().int().min(200).max(599))),
  headers: optional(
    accepting<Record<string, string>>(
      z.record(z.string()).refine(areHeaders, "must have names and values that HTTP allows, and no framing"),
    ),
  ),
  body: optional(z.unknown() as Check<unknown>),
});

interface OwnResponse extends ObjectOf<typeof ownResponse.fields> {}

/** Runs the handler of a route. Whatever it throws, and a result that cannot be sent, is a 500 that says so. */
export async function answerOwnRoute(
  { method, path, handler }: OwnRoute,
  call: Call,
  params: Readonly<Record<string, string>>,
  identity: Identity | undefined,
): Promise<HttpResponse> {
  const { query, headers } = call;
  const body = call.method === "GET" || call.method === "HEAD" ? undefined : (parseBody(call) ?? undefined);
  const seen = identity && { name: identity.name, identityId: identity.id };
  try {
    return responseOf(call, await handler({ params, query: { ...query }, headers, body, identity: seen }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : "it threw something that is not an Error";
    throw new ApiError(500, "InternalServerError", `The handler of ${method} ${path} failed: ${reason}`);
  }
}

function responseOf(call: Call, result: unknown): HttpResponse {
  if (!isResponse(result)) return responseOf(call, { body: result });
  const { status = 200, headers: own = {}, body } = checked<OwnResponse>("its response", ownResponse, result);
  const headers = normalizeHeaders(own);
  if (body === undefined) return { status, headers: { ...headers, "content-length": "0" }, body: "" };
  const type = headers["content-type"] ?? "application/json";
  if (typeof body === "string" && !/^application\/(?:[\w.-]+\+)?json\b/i.test(type)) {
    const length = new TextEncoder().encode(body).length;
    return { status, headers: { ...headers, "content-length": String(length) }, body };
  }
  if (JSON.stringify(body) === undefined)
    throw new TypeError("its response: body: cannot be written as JSON");
  const response = jsonResponse(call, status, body);
  return { ...response, headers: { ...response.headers, ...headers } };
}

/** Whether a handler returned a response, not the JSON of one. */
function isResponse(result: unknown): result is OwnResponse {
  if (typeof result !== "object" || result === null || Array.isArray(result)) return false;
  const fields = Object.keys(result);
  return fields.length > 0 && fields.every((field) => Object.hasOwn(ownResponse.fields, field));
}

function isPath(path: string): boolean {
  const [before, ...segments] = path.split("/");
  return before === "" && segments.length > 0 && segments.every((one) => segment.test(one));
}

function hasDistinctNames(path: string): boolean {
  const names = path.split("/").filter((one) => one.startsWith(":"));
  return new Set(names).size === names.length;
}

/** Whether headers can be sent. The length of a body is the server's to tell. */
function areHeaders(headers: Record<string, string>): boolean {
  try {
    const names = [...new Headers(headers).keys()];
    return !names.includes("content-length") && !names.includes("transfer-encoding");
  } catch {
    return false;
  }
}
