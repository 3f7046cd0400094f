import { optionError } from "../errors/option-error.ts";
import { own } from "../support/own.ts";

/** An agent of `node:http`'s kind: `http.Agent`, `https.Agent`, `HttpsProxyAgent` and their like. */
export interface NodeAgent {
  /** Closes its connections. */
  destroy(): void;
}

/** How a {@link nodeTransport} connects. */
export interface NodeTransportOptions {
  /**
   * Opens the connections, for example through a proxy. How many there are, whether they are kept alive and how TLS
   * is spoken is then up to the agent.
   *
   * An agent that keeps connections alive may send a write over one that the server is just closing.
   *
   * @defaultValue an agent of the transport's own
   */
  readonly agent?: NodeAgent | undefined;
  /**
   * The certificate authorities to trust, in PEM form, in place of those that Node brings.
   *
   * @defaultValue those that Node trusts
   */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[] | undefined;
  /**
   * The client's certificate chain, in PEM form, for servers that ask for one. It needs a `key`.
   *
   * @defaultValue none
   */
  readonly cert?: string | Uint8Array | undefined;
  /**
   * The private key of `cert`, in PEM form.
   *
   * @defaultValue none
   */
  readonly key?: string | Uint8Array | undefined;
  /**
   * The most connections at a time, idle ones included. Requests beyond it wait for one.
   *
   * @defaultValue 64
   */
  readonly maxSockets?: number | undefined;
  /**
   * The largest response body, in bytes after decompression. A larger one ends the exchange with the code
   * `RESPONSE_TOO_LARGE`.
   *
   * @defaultValue 67108864 (64 MiB)
   */
  readonly maxResponseSize?: number | undefined;
}

/** @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks its rule, or two contradict each other. */
export function parseNodeTransportOptions(options: NodeTransportOptions): NodeTransportOptions {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw optionError("options", "must be an object", options);
  const given = own(options);
  const { agent, ca, cert, key, maxSockets, maxResponseSize } = given;
  if (agent !== undefined && typeof Object(agent).destroy !== "function") {
    throw optionError("agent", "must be an agent of node:http or node:https", agent);
  }
  for (const [name, value] of Object.entries({ ca, cert, key, maxSockets })) {
    if (agent !== undefined && value !== undefined) {
      throw optionError(name, "cannot be used together with agent: give it to the agent");
    }
  }
  assertSize("maxSockets", maxSockets);
  assertSize("maxResponseSize", maxResponseSize);
  for (const authority of Array.isArray(ca) ? ca : [ca]) {
    if (ca !== undefined && !isPem(authority)) throw optionError("ca", `${pemRule}, or an array of such`);
  }
  if (Array.isArray(ca) && ca.length === 0) throw optionError("ca", "must not be empty");
  // What they were is never shown: it may be the key.
  if (cert !== undefined && !isPem(cert)) throw optionError("cert", pemRule);
  if (key !== undefined && !isPem(key)) throw optionError("key", pemRule);
  if (cert !== undefined && key === undefined) throw optionError("cert", "needs a key");
  if (key !== undefined && cert === undefined) throw optionError("key", "needs a cert");
  return given;
}

const pemRule = "must be the content of a file in PEM form, a string or a Uint8Array";

function isPem(value: unknown): boolean {
  // Not by instanceof: Jest has several Uint8Arrays.
  const text = ArrayBuffer.isView(value) ? new TextDecoder().decode(value) : value;
  return typeof text === "string" && text.includes("-----BEGIN ");
}

function assertSize(name: string, value: unknown): void {
  if (value === undefined || (Number.isSafeInteger(value) && Number(value) >= 1)) return;
  throw optionError(name, "must be a whole number of at least 1", value);
}
