import { TransportError } from "../errors/transport-error.ts";

/**
 * The platform's own `fetch`.
 *
 * Next.js replaces it by one that keeps responses in a cache on disk, and a page can make that one overrule
 * `cache: "no-store"`; the original hangs on the replacement.
 */
export function platformFetch(): typeof globalThis.fetch {
  const { fetch } = globalThis as { fetch?: PatchedFetch };
  if (typeof fetch === "function") return fetch._nextOriginalFetch ?? fetch;
  throw new TransportError("This platform has no fetch: pass `fetch` or another `transport`.", {
    sent: false,
  });
}

type PatchedFetch = typeof globalThis.fetch & { readonly _nextOriginalFetch?: typeof globalThis.fetch };
