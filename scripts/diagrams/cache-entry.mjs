import { ladder } from "./ladder.mjs";

/** The life of an entry of the cache: `cache/src/identity-cache.ts`. */
export const cacheEntry = ladder("The life of a cache entry", [
  {
    left: "A read is requested",
    right: "Whoever reads the same meanwhile shares the request.",
    down: "the response",
  },
  { left: "Fresh", right: "Reads are served from memory.", down: "ttl, counted from the request" },
  {
    left: "Old, within staleWhileRevalidate",
    right: "Reads are served at once, and one request fetches a new response.",
    down: "after it, or without it",
  },
  {
    left: "Old",
    right: "A read asks the server, with the ETag if it sent one. 304 makes the entry fresh again.",
    down: "the server fails",
  },
  {
    left: "Old, within staleIfError",
    right: "Reads are served the old response. A refusal is not an outage, and drops it.",
    down: "after it, or without it",
  },
  { left: "The read fails", right: "With the error of the server or of the connection." },
  {
    left: "Dropped at any time",
    right:
      "By a write, invalidate(), clear(), a login with another strategy or token, or when more than maxEntries are kept.",
  },
]);
