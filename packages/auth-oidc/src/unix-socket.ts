import { type Transport, TransportError } from "@infisical/core";
import { onAbort } from "@infisical/core/authoring";
import { loadNodeModule, tokenUnavailable } from "@infisical/core/logins";

/** The parts of `node:http` that a request over a socket needs. */
interface Http {
  request(options: object, onResponse: (response: Incoming) => void): Outgoing;
}

interface Outgoing {
  on(event: "error", listener: (error: { readonly code?: string }) => void): void;
  end(body?: string): void;
  destroy(): void;
}

interface Incoming {
  readonly statusCode?: number;
  readonly headers: { readonly date?: string };
  readonly complete: boolean;
  setEncoding(encoding: "utf8"): void;
  on(event: "data", listener: (chunk: string) => void): void;
  on(event: "close", listener: () => void): void;
}

/** More than any token has, in characters. */
const longestBody = 100_000;

/**
 * Creates a transport over a Unix socket, which neither a platform's `fetch` nor a client's transport can use.
 *
 * @throws {InfisicalSDKError} `TOKEN_UNAVAILABLE`: the platform has no sockets. The transport throws it, too, if the socket
 * does not exist.
 */
export async function socketTransport(socketPath: string): Promise<Transport> {
  const http = await loadNodeModule<Http>("http");
  if (typeof http?.request !== "function") {
    throw tokenUnavailable(`This platform has no Unix sockets, so ${socketPath} cannot be used.`);
  }
  return ({ method, url, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const { pathname, search, host } = new URL(url);
      const length = new TextEncoder().encode(body ?? "").length;
      const options = {
        // A connection of its own, so that none keeps the program alive.
        agent: false,
        socketPath,
        method,
        path: pathname + search,
        headers: { host, ...headers, "content-length": String(length) },
      };
      const fail = (code: string, message: string): void => {
        forget();
        reject(new TransportError(message, { sent: true, code }));
        outgoing.destroy();
      };
      const outgoing = http.request(options, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk) => {
          text += chunk;
          if (text.length > longestBody) fail("RESPONSE_TOO_LARGE", "the response is too long for a token");
        });
        response.on("close", () => {
          if (!response.complete)
            return fail("ECONNRESET", "the connection closed before the response was complete");
          forget();
          const { date } = response.headers;
          resolve({
            status: response.statusCode ?? 0,
            headers: date === undefined ? {} : { date },
            body: text,
          });
        });
      });
      const forget = onAbort(signal, () => fail("ABORTED", "the request was aborted"));
      outgoing.on("error", ({ code = "UNKNOWN" }) => {
        forget();
        const isMissing = code === "ENOENT" || code === "ENOTSOCK";
        reject(
          isMissing
            ? tokenUnavailable(`There is no socket at ${socketPath}, over which Fly Machines request tokens.`)
            : new TransportError(`connecting to ${socketPath} failed (${code})`, { sent: false, code }),
        );
      });
      outgoing.end(body);
    });
}
