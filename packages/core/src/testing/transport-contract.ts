import type { Transport } from "../contracts/transport.ts";
import type { ContractCase } from "./contract-case.ts";
import { TransportBench } from "./transport-bench.ts";
import { bodyCases } from "./transport-bodies.ts";
import { connectionCases, tlsCases } from "./transport-connections.ts";
import { abortCases, failureCases } from "./transport-failures.ts";
import { requestCases } from "./transport-requests.ts";
import { responseCases } from "./transport-responses.ts";
import { streamCases } from "./transport-streams.ts";

/**
 * Where the transport server can be reached. Plain data: it survives `JSON.stringify` on its way to another
 * process or runtime.
 */
export interface TransportServerAddresses {
  /** The origin of the server over plain HTTP, without a trailing slash, e.g. `http://127.0.0.1:40123`. */
  readonly http: string;
  /** The same server over TLS, with a certificate that `ca` has signed. */
  readonly https: string;
  /** The same, with a self-signed certificate. */
  readonly httpsUntrusted: string;
  /** The same, with a certificate that `ca` has signed and that has expired. */
  readonly httpsExpired: string;
  /** The same, with a certificate that `ca` has signed for another host. */
  readonly httpsWrongHost: string;
  /** The origin of a port that refuses connections. */
  readonly refused: string;
  /** The origin of a host whose name does not resolve. */
  readonly unresolvable: string;
  /** The origin of a port that accepts connections but never answers a TLS handshake. */
  readonly silent: string;
  /** The origin of a port that never completes a connection; `null` on a machine that cannot have one. */
  readonly swallowing: string | null;
  /** The certificate of the authority to trust, as PEM. */
  readonly ca: string;
}

/** One request as the server saw it. `GET /seen/<id>` lists those whose path has that id, in their order. */
export interface SeenRequest {
  /** The HTTP method. */
  readonly method: string;
  /** Path and query, as they stood in the request line. */
  readonly target: string;
  /** The header lines, in their order and with the case of their names. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** What was read of the body, decoded as UTF-8. */
  readonly body: string;
  /** The number of the connection that brought it. */
  readonly connection: number;
}

/** What the contract of transports asks of one transport that it makes. */
export interface TransportUnderTestOptions {
  /**
   * The certificate of an authority to trust, as PEM; passed only if the contract's `trusts` is `true`.
   *
   * @defaultValue those that the platform trusts
   */
  readonly ca?: string | undefined;
  /**
   * The largest response body to accept, in bytes after decompression; passed only if the contract's `limitsSize`
   * is `true`.
   *
   * @defaultValue the transport's own
   */
  readonly maxResponseSize?: number | undefined;
}

/**
 * What the contract of transports needs to know.
 *
 * The optional fields say what a platform cannot do or cannot know. By default, everything is tested. Whatever they
 * say, a request that arrived must never be reported as `sent: false`, and a write must never be sent twice.
 *
 * @example
 * import { kyTransport } from "@infisical/core/ky";
 * import { type TransportContractOptions, transportContract } from "@infisical/core/testing";
 * import { startTransportServer } from "@infisical/core/testing/server";
 *
 * const server = await startTransportServer();
 * const contract: TransportContractOptions = {
 *   create: ({ maxResponseSize }) => kyTransport({ maxResponseSize }),
 *   server: server.addresses,
 *   trusts: false,
 *   limitsSize: true,
 *   redirects: "shown",
 *   unreachable: "known",
 *   certificates: "unknown",
 *   connecting: "unknown",
 *   lengths: "told",
 *   reads: "once",
 *   unexpectedContinue: "refused",
 *   damagedBodies: "unnoticed",
 *   patience: 20_000,
 * };
 * console.log(transportContract(contract).map(({ name }) => name));
 * await server.close();
 */
export interface TransportContractOptions {
  /**
   * Creates a transport, e.g. `nodeTransport`. Several of them can share their connections if there are at least two:
   * the cases ask what the server has seen while another request waits.
   */
  readonly create: (options: TransportUnderTestOptions) => Transport;
  /** The addresses of a server that `startTransportServer` has started, in this process or in another. */
  readonly server: TransportServerAddresses;
  /**
   * Whether the transport can trust a `ca`. If it cannot, no exchange over TLS is tried, and every certificate is wrong
   * for the same reason.
   *
   * @defaultValue true
   */
  readonly trusts?: boolean | undefined;
  /**
   * Whether the transport has a `maxResponseSize`.
   *
   * @defaultValue true
   */
  readonly limitsSize?: boolean | undefined;
  /**
   * Whether the platform shows a redirect's status and headers. Browsers hide them: the status is 0 there.
   *
   * @defaultValue "shown"
   */
  readonly redirects?: "shown" | "hidden" | undefined;
  /**
   * Whether the transport can tell a refused connection, and a name that does not resolve, from a broken exchange.
   * If it cannot, it reports `sent: true`.
   *
   * @defaultValue "known"
   */
  readonly unreachable?: "known" | "unknown" | undefined;
  /**
   * Whether the transport can tell a wrong certificate from a broken exchange. If it cannot, it reports `sent: true`.
   *
   * @defaultValue "known"
   */
  readonly certificates?: "known" | "unknown" | undefined;
  /**
   * Whether the transport knows that it was still connecting, or in the TLS handshake, when its signal aborted.
   * If it does not, as with `fetch`, it reports `sent: true`.
   *
   * @defaultValue "known"
   */
  readonly connecting?: "known" | "unknown" | undefined;
  /**
   * Whether a request's body goes out with its `content-length`. Deno omits it for a body that it cannot send
   * twice, and sends chunks.
   *
   * @defaultValue "told"
   */
  readonly lengths?: "told" | "omitted" | undefined;
  /**
   * Whether a read is sent once when its connection breaks. Bun, Deno and workerd repeat it by themselves.
   *
   * @defaultValue "once"
   */
  readonly reads?: "once" | "repeated" | undefined;
  /**
   * Whether the platform ignores a 100 that no request has asked for, like other interim responses. Node's `fetch`
   * treats it as a broken response.
   *
   * @defaultValue "passed over"
   */
  readonly unexpectedContinue?: "passed over" | "refused" | undefined;
  /**
   * Whether the platform notices that a compressed body is damaged. With the `fetch` of Node 20, such a response
   * never ends until its signal aborts.
   *
   * @defaultValue "noticed"
   */
  readonly damagedBodies?: "noticed" | "unnoticed" | undefined;
  /**
   * How long a case waits for what must happen before it considers the promise broken, in milliseconds. It measures
   * nothing: it only ends what would hang.
   *
   * @defaultValue 10000 (10 seconds)
   */
  readonly patience?: number | undefined;
}

/**
 * What every transport promises, as a list of cases for any test runner.
 *
 * The cases talk to a server over real sockets. They use nothing of Node, so they run wherever the transport
 * does: start the server with `startTransportServer` in a Node process, and pass on its addresses.
 * No case depends on how fast it runs. Run them one after the other.
 *
 * @param contract - How to create a transport, where the server is, and what the platform cannot do or know.
 * @returns The cases, each with a name and a function that rejects if the promise is broken.
 *
 * @example
 * import { after, test } from "node:test";
 * import { nodeTransport } from "@infisical/core/node";
 * import { transportContract } from "@infisical/core/testing";
 * import { startTransportServer } from "@infisical/core/testing/server";
 *
 * const server = await startTransportServer();
 * after(() => server.close());
 * const cases = transportContract({ create: nodeTransport, server: server.addresses });
 * for (const { name, run } of cases) test(name, run);
 */
export function transportContract(contract: TransportContractOptions): readonly ContractCase[] {
  const bench = new TransportBench(contract);
  return [
    ...requestCases(bench),
    ...responseCases(bench),
    ...bodyCases(bench),
    ...failureCases(bench),
    ...tlsCases(bench),
    ...abortCases(bench),
    ...connectionCases(bench),
    ...streamCases(bench),
  ];
}
