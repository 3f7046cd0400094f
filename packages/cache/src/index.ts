export { type CacheMiddleware, cache } from "./cache.ts";
export type { CacheOptions, StaleIfErrorEvent } from "./cache-options.ts";
export type { CacheStats } from "./cache-stats.ts";
