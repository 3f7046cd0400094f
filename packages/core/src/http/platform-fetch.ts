import type { FetchInit, FetchReply } from "../fetch.ts";

/** The platform's `fetch`, kept from sending a write twice by itself. */
export function platformFetch(url: string, init: FetchInit): Promise<FetchReply> {
  return fetch(url, sentOnce(init));
}

/**
 * When a reused connection breaks, Deno sends anything again whose body it can read again, and Bun what HTTP
 * calls idempotent: a second DELETE would say that there is nothing to delete.
 */
function sentOnce(init: FetchInit): RequestInit {
  const { method, body = "" } = init;
  if (method === "GET") return init;
  if ("Deno" in globalThis) return { ...init, body: new Blob([body]) };
  // To Bun, this means a connection of its own.
  if ("Bun" in globalThis && ["DELETE", "PUT"].includes(method)) return { ...init, keepalive: false };
  return init;
}
