import type { ApiResponse, Middleware, Next } from "./contracts/middleware.ts";
import { InfisicalSDKError } from "./errors/errors.ts";
import { abortable } from "./support/abort.ts";

/** Puts middleware around the last step, the first of the list outermost. A call's signal ends its wait for them all. */
export function compose(middleware: readonly Middleware[], last: Next): Next {
  if (middleware.length === 0) return last;
  const chain = middleware.reduceRight<Next>(
    (next, layer, index) => async (request) => {
      const response: unknown = await layer(request, next);
      if (isResponse(response)) return response;
      const text = `middleware[${index}] must resolve to a response, with status, headers and body: what next resolves to.`;
      throw new InfisicalSDKError(text, { code: "INVALID_RESPONSE" });
    },
    last,
  );
  return (request) => abortable(chain(request), request.signal);
}

function isResponse(response: unknown): response is ApiResponse {
  const { status, headers } = Object(response) as Partial<ApiResponse>;
  return typeof status === "number" && typeof headers === "object" && headers !== null;
}
