import {
  isTransportError,
  type Transport,
  type TransportError,
  type TransportRequest,
  type TransportResponse,
} from "../contracts/transport.ts";
import { assert, textOf } from "./contract-case.ts";
import type {
  SeenRequest,
  TransportContractOptions,
  TransportServerAddresses,
  TransportUnderTestOptions,
} from "./transport-contract.ts";

/** A request to send to the server. */
export interface Sending {
  /** What the server does: the first segment of the path. */
  readonly scenario: string;
  /** The details of the scenario. */
  readonly query?: Readonly<Record<string, string | number | readonly string[]>> | undefined;
  /** By default one that no other request has. */
  readonly id?: string | undefined;
  /** By default the server's over plain HTTP. */
  readonly origin?: string | undefined;
  /** By default a new one. */
  readonly transport?: Transport | undefined;
  /** By default `GET`. */
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Everything that a case needs: transports to test, requests to send, and what the server has seen of them. */
export class TransportBench {
  readonly addresses: TransportServerAddresses;
  readonly options: Required<TransportContractOptions>;
  /** Asks the server what it has seen: a transport, since a runtime may have nothing else. */
  readonly #observer: Transport;
  // Several runs may share a server.
  readonly #run = Math.random().toString(36).slice(2);
  #lastId = 0;

  constructor({
    create,
    server,
    trusts = true,
    limitsSize = true,
    redirects = "shown",
    unreachable = "known",
    certificates = "known",
    connecting = "known",
    lengths = "told",
    reads = "once",
    unexpectedContinue = "passed over",
    damagedBodies = "noticed",
    patience = 10_000,
  }: TransportContractOptions) {
    this.addresses = server;
    this.options = {
      ...{ create, server, trusts, limitsSize, redirects, unreachable, certificates, connecting },
      ...{ lengths, reads, unexpectedContinue, damagedBodies, patience },
    };
    this.#observer = create({});
  }

  /** A new transport. */
  create(options: TransportUnderTestOptions = {}): Transport {
    return this.options.create(options);
  }

  /** An id that no other request has. */
  newId(): string {
    this.#lastId += 1;
    return `${this.#run}-${this.#lastId}`;
  }

  /** Sends a request, and returns the response. Throws if none arrives. */
  async respond(sending: Sending): Promise<TransportResponse> {
    const pending = this.start(sending).catch((error: unknown) => {
      throw new Error(`${nameOf(sending)} fails: ${textOf(error)}`);
    });
    return this.settle(pending, nameOf(sending));
  }

  /** Sends a request, and returns the error. Throws if a response arrives, or if the error is of another kind. */
  async fail(sending: Sending): Promise<TransportError> {
    const id = sending.id ?? this.newId();
    return this.failureOf(this.start({ ...sending, id }), { ...sending, id });
  }

  /** The error of a request that was started. */
  async failureOf(pending: Promise<TransportResponse>, sending: Sending): Promise<TransportError> {
    const outcome = await this.settle(
      pending.then(
        ({ status }) => ({ status }),
        (error: unknown) => ({ error }),
      ),
      nameOf(sending),
    );
    assert("error" in outcome, `${nameOf(sending)} resolves instead of failing.`);
    const { error } = outcome;
    assert(
      isTransportError(error),
      `${nameOf(sending)} rejects with "${textOf(error)}", not with a TransportError.`,
    );
    if (!error.sent && sending.id !== undefined) {
      const { length } = await this.seen(sending.id);
      assert(length === 0, `${nameOf(sending)} arrived, and its error says that it was not sent.`);
    }
    return error;
  }

  /** Sends a request, and waits for nothing. */
  start({ transport = this.create(), ...sending }: Sending): Promise<TransportResponse> {
    const pending = (async () => transport(this.request(sending)))();
    // A case may handle it later, and an early failure must not count as unhandled until then.
    pending.catch(() => undefined);
    return pending;
  }

  /** The request itself. */
  request(sending: Omit<Sending, "transport">): TransportRequest {
    const { scenario, query = {}, id = this.newId(), origin = this.addresses.http, ...rest } = sending;
    const { method = "GET", headers = {}, body, signal = new AbortController().signal } = rest;
    const search = new URLSearchParams();
    for (const [name, values] of Object.entries(query))
      for (const value of [values].flat()) search.append(name, String(value));
    const url = `${origin}/${scenario}/${id}${String(search) ? `?${search}` : ""}`;
    return { method, url, headers, body, idempotent: method === "GET", signal };
  }

  /** What the server has seen of the requests with an id. */
  async seen(id: string): Promise<readonly SeenRequest[]> {
    return JSON.parse((await this.#ask("seen", id)).body) as SeenRequest[];
  }

  /** Waits until the server has seen a request. */
  async arrival(id: string): Promise<void> {
    const seesIt = async (): Promise<void> => {
      while ((await this.seen(id)).length === 0) await pause(5);
    };
    await this.settle(seesIt(), `Request ${id} does not arrive, and the case`);
  }

  /** Waits for a promise. Throws if it does not settle in time. */
  async settle<Result>(pending: Promise<Result>, what: string): Promise<Result> {
    const { patience } = this.options;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`${what} is still waiting after ${patience} milliseconds.`)),
        patience,
      );
    });
    try {
      return await Promise.race([pending, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }

  #ask(scenario: string, id: string): Promise<TransportResponse> {
    return this.respond({ scenario, id, transport: this.#observer });
  }
}

/** Waits for something that nothing else reports. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** A text as the server's `/wire` expects it: each character of the result is a byte of its UTF-8. */
export function bytesOf(text: string): string {
  return [...new TextEncoder().encode(text)].map((byte) => String.fromCharCode(byte)).join("");
}

/** The head of a response for the server's `/wire`, which any origin may read. */
export function head(status: string, ...headers: readonly string[]): string {
  return [`HTTP/1.1 ${status}`, "Access-Control-Allow-Origin: *", ...headers, "", ""].join("\r\n");
}

function nameOf({ method = "GET", scenario, query = {} }: Sending): string {
  const details = Object.entries(query).map(([name, value]) => `${name}=${String(value).slice(0, 60)}`);
  return `${method} /${scenario}${details.length > 0 ? ` (${details.join(", ")})` : ""}`;
}
