import { isIP } from "node:net";

const loopbackHosts: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];

/** Whether a request with a `Host` header is meant for the server. */
export type HostCheck = (header: string | undefined) => boolean;

/**
 * Decides which `Host` headers a port answers.
 *
 * A web page can make its own name resolve to the address of this port and then read the responses. The browser still
 * sends that name as `Host`, so names that are not allowed are rejected. An IP address cannot resolve to another one:
 * a port that other machines reach answers as any address, since it does not know its own.
 *
 * @throws TypeError when an allowed name is not a host.
 */
export function allowHosts(host: string, further: readonly string[] = []): HostCheck {
  for (const [index, name] of further.entries()) {
    if (typeof name === "string" && /^(\[[\da-f:.]+\]|[\w.-]+)$/i.test(name)) continue;
    throw new TypeError(
      `allowedHosts[${index}]: must be a host without scheme and port, such as "infisical"`,
    );
  }
  const allowed = new Set([host, bracketed(host), ...loopbackHosts, ...further].map(comparable));
  const takesAddresses = !isLoopback(host);
  return (header = "") => {
    const name = comparable(header.replace(/:\d*$/, ""));
    return allowed.has(name) || (takesAddresses && isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0);
  };
}

/** Whether a host is reachable from this machine only. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\./.test(host);
}

/** A host as URLs write it. */
export function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** Normalizes a host: neither its case nor a trailing dot matters. */
function comparable(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}
