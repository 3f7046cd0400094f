/**
 * Gives the part of a `fetch` that keeps the platform from sending a write twice by itself.
 *
 * When a reused connection breaks, Deno sends anything again whose body it can read again, and Bun what HTTP
 * calls idempotent: a second DELETE would say that there is nothing to delete.
 */
export function sentOnce(method: string, body: string | undefined): RequestInit {
  const sent = body === undefined ? {} : { body };
  if (method === "GET") return sent;
  if ("Deno" in globalThis) return { body: new Blob([body ?? ""]) };
  // To Bun, this means a connection of its own.
  if ("Bun" in globalThis && ["DELETE", "PUT"].includes(method)) return { ...sent, keepalive: false };
  return sent;
}
