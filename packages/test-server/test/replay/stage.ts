import type { TestServer } from "../../src/index.ts";
import { type Received, type Sent, send } from "./send.ts";
import type { Substitution } from "./substitution.ts";

/** Where exchanges are replayed: a server, and what corresponds to what was recorded. */
export class Stage {
  readonly server: TestServer;
  readonly substitution: Substitution;
  readonly #siteUrl: string;
  readonly #rename: <Value>(value: Value) => Value;

  constructor(options: {
    readonly server: TestServer;
    readonly siteUrl: string;
    readonly substitution: Substitution;
    readonly rename: <Value>(value: Value) => Value;
  }) {
    this.server = options.server;
    this.substitution = options.substitution;
    this.#siteUrl = options.siteUrl;
    this.#rename = options.rename;
  }

  /** Sends a request that is written as the recorded ones are. */
  async send(recorded: Sent, id = ""): Promise<Received> {
    const request = await this.substitution.inRequest(recorded, id);
    return send(this.#siteUrl, { ...request, headers: await this.#withKnownTags(request) });
  }

  /** Makes a request that was not recorded, with recorded names and ids. A refusal is fine: it was made already. */
  async call(
    method: string,
    path: string,
    body?: Record<string, unknown>,
    { query, as = "admin0" }: { readonly query?: Record<string, unknown>; readonly as?: string } = {},
  ): Promise<Received> {
    const headers = { authorization: `Bearer {{ACCESS_TOKEN:${as}}}` };
    return this.send(this.#rename({ method, path, headers, ...(query && { query }), ...(body && { body }) }));
  }

  /** Entity tags are learned from responses; one that was never shown is that of the same request without it. */
  async #withKnownTags(request: Sent): Promise<Sent["headers"]> {
    const { "if-none-match": asked, ...headers } = request.headers;
    if (asked === undefined) return headers;
    const recorded = [...asked.matchAll(/"[^"]{20,}"/g)].map(([tag]) => tag);
    if (recorded.some((tag) => !this.substitution.ids.has(tag))) {
      const { etag } = (await send(this.#siteUrl, { ...request, headers })).headers;
      for (const tag of recorded) this.substitution.learn(tag, String(etag));
    }
    const replaced = asked.replace(/"[^"]{20,}"/g, (tag) => this.substitution.ids.get(tag) ?? tag);
    return { ...headers, "if-none-match": replaced };
  }
}

/** What happened between recorded exchanges: before the first one with this number or a higher one. */
export interface Interlude {
  readonly before: number;
  readonly run: (stage: Stage, next: Sent) => unknown;
}
