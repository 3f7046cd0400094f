import type { HttpClient, HttpRequest } from "../http-client.ts";
import { resultOf } from "./result-of.ts";
import type { Transport } from "./transport.ts";

/** The client that strategies log in with: it sends no token, so a login cannot start another one. */
export function httpWithoutToken(transport: Transport): HttpClient {
  return {
    request: async <Reply>(request: HttpRequest) => resultOf<Reply>(request, await transport(request)),
  };
}
