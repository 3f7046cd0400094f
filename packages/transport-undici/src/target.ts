/** Where a request goes, as a dispatcher takes it. */
export interface Target {
  readonly origin: string;
  /** The path and the query. */
  readonly path: string;
  /** Whether the connection is to be encrypted. */
  readonly secure: boolean;
}

/** Addresses that parsing would leave as they are: no fragment, no dot segment, nothing to encode. */
const plainPath = /^\/(?!.*\/\.)[\w.~!$&'()*+,;=:@/?%-]*$/;

/** Takes addresses apart, and remembers the origin of the last one, since a client talks to one server. */
export class Targets {
  #last: Target | undefined;

  /** Takes an address apart; `undefined` if it is not one of HTTP. */
  parse(address: string): Target | undefined {
    const last = this.#last;
    if (last && address.startsWith(last.origin)) {
      const path = address.slice(last.origin.length);
      // A path begins with a slash, so the origin is not just the beginning of another one.
      if (plainPath.test(path)) return { origin: last.origin, path, secure: last.secure };
    }
    this.#last = parse(address);
    return this.#last;
  }
}

function parse(address: string): Target | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const secure = url?.protocol === "https:";
  if (!url || (!secure && url.protocol !== "http:") || url.username || url.password) return undefined;
  return { origin: url.origin, path: `${url.pathname}${url.search}`, secure };
}
