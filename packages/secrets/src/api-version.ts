import { type HttpClient, type HttpRequest, isInfisicalError } from "@infisical/core";
import { abortable } from "@infisical/core/authoring";
import { type ApiVersion, v3, v4, v4WhereItCan } from "./requests.ts";

/** Sends the request that a version of the routes needs for a call. */
export type Ask = <Result>(request: (version: ApiVersion) => HttpRequest) => Promise<Result>;

/** How the requests of one client are sent. */
export interface Routes {
  readonly ask: Ask;
  /** Whether v4 is used, which only current servers have. */
  usesV4(): boolean;
}

/** Uses v4 if the server has it. The first response decides it for all calls; calls until then wait for it. */
export function newestRoutes(http: HttpClient): Routes {
  let decided: ApiVersion | undefined;
  let deciding: Promise<unknown> | undefined;

  async function decide<Result>(first: HttpRequest, older: () => HttpRequest): Promise<Result> {
    try {
      const result = await http.request<Result>(first);
      decided ??= v4WhereItCan;
      return result;
    } catch (error) {
      if (!isInfisicalError(error)) throw error;
      if (answers.has(error.code)) decided ??= v4WhereItCan;
      if (!isMissingRoute(error)) throw error;
    }
    // Something in front of the server may have answered instead, so only a response of v3 itself decides for it.
    try {
      const result = await http.request<Result>(older());
      decided ??= v3;
      return result;
    } catch (error) {
      if (isInfisicalError(error) && answers.has(error.code)) decided ??= v3;
      throw error;
    }
  }

  async function ask<Result>(request: (version: ApiVersion) => HttpRequest): Promise<Result> {
    const first = request(v4WhereItCan);
    // Calls that waited in vain do not queue up again: each of them finds out for itself.
    for (let hasWaited = false; !decided; hasWaited = true) {
      // A name that v4 cannot write goes to v3 in any case, so its response decides nothing.
      if (!first.path.startsWith(v4.listPath)) return http.request<Result>(first);
      if (deciding && !hasWaited) {
        await abortable(deciding, first.signal);
        continue;
      }
      const work = decide<Result>(first, () => request(v3));
      deciding = work.then(noop, noop).finally(() => {
        deciding = undefined;
      });
      return work;
    }
    return http.request<Result>(decided === v4WhereItCan ? first : request(decided));
  }

  return { ask, usesV4: () => decided === v4WhereItCan };
}

/** The codes of refusals that only a server with the route sends. */
const answers: ReadonlySet<string> = new Set([
  "ALREADY_EXISTS",
  "APPROVAL_REQUIRED",
  "BAD_REQUEST",
  "CONFLICT",
  "FORBIDDEN",
  "NOT_FOUND",
  "SECRET_RULE_VIOLATED",
  "VALIDATION_FAILED",
]);

/** Whether a server does not have the route of a request: it is older than the route. */
export function isMissingRoute(error: unknown): boolean {
  return (
    isInfisicalError(error) &&
    error.name === "InfisicalSDKRequestError" &&
    error.code === "GATEWAY_ERROR" &&
    error.statusCode === 404
  );
}

function noop(): void {}
