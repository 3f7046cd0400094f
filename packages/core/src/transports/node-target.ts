import { isIP } from "node:net";

/** Where a request goes, as `http.request` takes it. */
export interface Target {
  readonly protocol: string;
  readonly secure: boolean;
  readonly hostname: string;
  readonly port: number;
  /** The name that the certificate must be for; empty for an IP address, which is checked as such. */
  readonly servername: string;
  /** The path and the query. */
  readonly path: string;
}

/** Addresses that parsing would leave as they are: no fragment, no dot segment, nothing to encode. */
const plainPath = /^(?!.*\/\.)\/[\w.~!$&'()*+,;=:@/?%-]*$/;

/** Takes addresses apart, and remembers the origin of the last one, since a client talks to one server. */
export class Targets {
  #origin = "";
  #last: Target | undefined;

  /** Takes an address apart; `undefined` if it is not one of HTTP. */
  parse(address: string): Target | undefined {
    if (this.#last && address.startsWith(this.#origin)) {
      const path = address.slice(this.#origin.length);
      // A path begins with a slash, so the origin is not just the beginning of another one.
      if (plainPath.test(path)) return { ...this.#last, path };
    }
    const target = parse(address);
    if (!target) return undefined;
    this.#origin = target.origin;
    this.#last = target;
    return target;
  }
}

function parse(address: string): (Target & { origin: string }) | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const secure = url?.protocol === "https:";
  if (!url || (!secure && url.protocol !== "http:") || url.username || url.password) return undefined;
  const { protocol, origin } = url;
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  const port = Number(url.port) || (secure ? 443 : 80);
  const servername = isIP(hostname) ? "" : hostname;
  return { origin, protocol, secure, hostname, port, servername, path: `${url.pathname}${url.search}` };
}
