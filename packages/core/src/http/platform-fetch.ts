import type { Fetch, FetchInit } from "../fetch.ts";

/** The platform's own `fetch`, kept from sending a write a second time by itself. */
export const platformFetch: Fetch = (url, init) => fetch(url, { ...init, ...sentOnce(init) });

/**
 * When a reused connection breaks, Deno sends anything again whose body it can read again, and Bun what HTTP
 * calls idempotent: a second DELETE would say that there is nothing to delete.
 */
function sentOnce({ method, body }: FetchInit): RequestInit {
  if (method === "GET") return {};
  if ("Deno" in globalThis) return { body: new Blob([body ?? ""]) };
  // To Bun, this means a connection of its own.
  return "Bun" in globalThis && method === "DELETE" ? { keepalive: false } : {};
}
