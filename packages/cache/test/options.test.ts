import { expect, test } from "vitest";
import { cache } from "../src/index.ts";

test.each([
  [undefined, /^options must be an object with ttl, staleWhileRevalidate, /],
  [null, /^options must be an object with ttl, /],
  ["5m", /^options must be an object with ttl, .*\.$/],
  [{ ttl: 1, stalIfError: "1h" }, /^stalIfError is not an option; did you mean staleIfError\?\.$/],
  [{ ttl: 1, max: 3 }, /^max is not an option; /],
  [{ ttl: 1, signal: null }, /^signal is not an option; /],
  [{}, /^ttl must be a number of milliseconds or a string/],
  [{ ttl: "soon" }, /^ttl must be .*, got "soon"\.$/],
  [{ ttl: -1 }, /^ttl must be .*, got -1\.$/],
  [{ ttl: 0 }, /^ttl must be greater than 0; to disable caching/],
  [{ ttl: 1, staleIfError: "x" }, /^staleIfError must be .*, got "x"\.$/],
  [{ ttl: 1, staleWhileRevalidate: Number.NaN }, /^staleWhileRevalidate must be .*, got NaN\.$/],
  [{ ttl: 1, maxEntries: 0 }, /^maxEntries must be a whole number, 1 or more, got 0\.$/],
  [{ ttl: 1, maxEntries: 1.5 }, /^maxEntries must be .*, got 1\.5\.$/],
  [{ ttl: 1, onStaleIfError: "log" }, /^onStaleIfError must be a function, got a string\.$/],
  [{ ttl: 1, clock: {} }, /^clock must have the function now, got an object\.$/],
])("the options %j are refused when the cache is created", (options, message) => {
  expect(() => cache(options as never)).toThrow(message);
  expect(() => cache(options as never)).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
});

test("times are milliseconds or strings", () => {
  const options = { ttl: "5m", staleWhileRevalidate: 1000, staleIfError: "1h", maxEntries: 1 };
  expect(cache(options).stats()).toEqual({
    entries: 0,
    hits: 0,
    staleWhileRevalidate: 0,
    staleIfError: 0,
    joined: 0,
    requests: 0,
    notModified: 0,
    evictions: 0,
  });
});
