export { type CacheMiddleware, cache } from "./cache.ts";
export type { CacheOptions, StaleIfErrorEvent } from "./cache-options.ts";
export type { CacheStats } from "./cache-stats.ts";
export type { InvalidateOptions } from "./invalidation.ts";
