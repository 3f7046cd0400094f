import { isIP } from "node:net";

/** Whether a request with a `Host` header is meant for the server. */
export type HostCheck = (header: string | undefined) => boolean;

/**
 * Decides which `Host` headers a port answers.
 *
 * A web page can make its own name resolve to the address of this port and then read the responses. The browser still
 * sends that name as `Host`, so names that are not allowed are rejected. An IP address cannot resolve to another one:
 * a port that other machines reach answers as any address, since it does not know its own.
 */
export function allowHosts(host: string, further: readonly string[] = []): HostCheck {
  const names = [host, bracketed(host), "localhost", "127.0.0.1", "[::1]", ...further];
  const allowed = new Set(names.map(comparable));
  const takesAddresses = !isLoopback(host);
  return (header = "") => {
    const name = comparable(header.replace(/:\d*$/, ""));
    return allowed.has(name) || (takesAddresses && isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0);
  };
}

/** Whether a host is reachable from this machine only. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){1,3}$/.test(host);
}

/** A host as URLs write it. */
export function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** Neither the case of a host nor a trailing dot matters. */
function comparable(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}
