import type { Transport } from "../contracts/transport.ts";
import type { TransportServerAddresses } from "./transport-addresses.ts";

/** What the contract of transports asks of one transport that it makes. */
export interface TransportUnderTestOptions {
  /**
   * The certificate of an authority to trust, as PEM; given only where the contract's `trusts` is `true`.
   *
   * @defaultValue those that the platform trusts
   */
  readonly ca?: string | undefined;
  /**
   * The largest response body to accept, in bytes after decompression; given only where the contract's
   * `limitsSize` is `true`.
   *
   * @defaultValue the transport's own
   */
  readonly maxResponseSize?: number | undefined;
}

/**
 * What the contract of transports needs to know.
 *
 * The optional fields say what a platform cannot do or cannot know. By default everything is asked. Whatever they
 * say, a request that arrived is never told as `sent: false`, and a write is never sent twice.
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
 *   connecting: "unknown",
 * };
 * console.log(transportContract(contract).map(({ name }) => name));
 * await server.close();
 */
export interface TransportContractOptions {
  /**
   * Makes a transport, e.g. `nodeTransport`. Two of them may share their connections, if they have two at least: the
   * cases ask what the server has seen while another request waits.
   */
  readonly create: (options: TransportUnderTestOptions) => Transport;
  /** The addresses of a server that `startTransportServer` has started, in this process or in another. */
  readonly server: TransportServerAddresses;
  /**
   * Whether the transport can be made to trust a `ca`. Where it cannot, no exchange over TLS is tried, and every
   * certificate is wrong for the same reason.
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
   * Where it cannot, it says `sent: true`.
   *
   * @defaultValue "known"
   */
  readonly unreachable?: "known" | "unknown" | undefined;
  /**
   * Whether the transport can tell a wrong certificate from a broken exchange. Where it cannot, it says
   * `sent: true`.
   *
   * @defaultValue "known"
   */
  readonly certificates?: "known" | "unknown" | undefined;
  /**
   * Whether the transport knows that it was still connecting, or in the TLS handshake, when its signal aborted.
   * Where it does not, as with `fetch`, it says `sent: true`.
   *
   * @defaultValue "known"
   */
  readonly connecting?: "known" | "unknown" | undefined;
  /**
   * Whether a request's body goes out with its `content-length`. Deno omits that of a body which it cannot send
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
   * Whether the platform passes over a 100 that no request has asked for, like other interim responses. Node's
   * `fetch` takes it for a broken response.
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
   * How long a case waits for what must happen before it calls the promise broken, in milliseconds. Nothing is
   * measured by it: it only ends what would hang.
   *
   * @defaultValue 10000 (10 seconds)
   */
  readonly patience?: number | undefined;
}
