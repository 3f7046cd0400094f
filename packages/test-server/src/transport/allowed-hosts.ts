import { isIP } from "node:net";

const loopbackHosts: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];

/** Whether a request with a `Host` header is meant for the server. */
export type HostCheck = (header: string | undefined) => boolean;

/**
 * Tells which `Host` headers a port answers.
 *
 * A web page can make its own name resolve to the address of this port and then read what the port answers. The
 * browser still sends that name as `Host`, so names that nobody allowed are turned away. An address cannot be made
 * to resolve to another one; a port that other machines reach answers to all of them, since it does not know its own.
 *
 * @throws TypeError when a name to allow is none.
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

/** Whether a host is reached from this machine only. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\./.test(host);
}

/** A host as URLs write it. */
export function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** Case does not count, and neither does the dot of the root. */
function comparable(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}
