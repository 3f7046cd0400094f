import { expect, test } from "vitest";
import { printed } from "#test-kit";
import { cache } from "../src/index.ts";

test.each([
  [undefined, /^options must be an object with ttl, and optionally staleWhileRevalidate, /],
  [null, /^options must be an object with ttl, /],
  ["5m", /^options must be an object with ttl, .*\.$/],
  [{ ttl: 1000, stalIfError: "1h" }, /^stalIfError is not an option; did you mean staleIfError\?$/],
  [{ ttl: 1000, max: 3 }, /^max is not an option; /],
  [{ ttl: 1000, signal: null }, /^signal is not an option; /],
  [{}, /^ttl must be a number of milliseconds or a string/],
  [{ ttl: "soon" }, /^ttl must be .*, got "soon"\.$/],
  [{ ttl: -1 }, /^ttl must be .*, got -1\.$/],
  [{ ttl: 0 }, /^ttl must be greater than 0; to disable caching/],
  [{ ttl: 1000, staleIfError: "x" }, /^staleIfError must be .*, got "x"\.$/],
  [{ ttl: 1000, staleWhileRevalidate: Number.NaN }, /^staleWhileRevalidate must be .*, got NaN\.$/],
  [{ ttl: 1000, maxEntries: 0 }, /^maxEntries must be a whole number, 1 or more, got 0\.$/],
  [{ ttl: 1000, maxEntries: 1.5 }, /^maxEntries must be .*, got 1\.5\.$/],
  [{ ttl: 1000, onStaleIfError: "log" }, /^onStaleIfError must be a function, got a string\.$/],
  [{ ttl: 1000, clock: {} }, /^clock must have the function now, got an object\.$/],
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
    storeHits: 0,
    storeWrites: 0,
    storeFailures: 0,
    storeUnreadable: 0,
  });
});

const store = { get: () => undefined, set: () => undefined, delete: () => undefined };
const encryptionKey = "q8zV3nTtRk1yXcWb7uEoLp2mJd5hGs9f";
const keyRule =
  /^encryptionKey(?:\[\d\])? must be at least 32 random characters in base64 or hexadecimal, such as the output of `openssl rand -base64 32`, or at least 32 random bytes\.$/;

test.each([
  [{ store }, /^encryptionKey must be given with store, /],
  [{ encryptionKey }, /^encryptionKey has no use without store\.$/],
  [{ storeTimeout: 1 }, /^storeTimeout has no use without store, got 1\.$/],
  [{ store: new Map(), encryptionKey: 1 }, keyRule],
  [
    { store: { get: 1 }, encryptionKey },
    /^store must have the functions get, set and delete, as what fromKeyv /,
  ],
  [{ store: { ...store, setIfAbsent: true }, encryptionKey }, /^store must have the functions /],
  [
    { store, encryptionKey, storeTimeout: 0 },
    /^storeTimeout must be greater than 0 and at most 24 days, got 0\.$/,
  ],
  [{ store, encryptionKey, storeTimeout: "30d" }, /^storeTimeout must be .* at most 24 days, got "30d"\.$/],
  [
    { store, encryptionKey, storeTimeout: 2 ** 31 },
    /^storeTimeout must be .* at most 24 days, got 2147483648\.$/,
  ],
  [
    { store, encryptionKey: [] },
    /^encryptionKey must have a key: the first encrypts, all of them decrypt\.$/,
  ],
  [{ store, encryptionKey: "a passphrase of some words, which is long" }, keyRule],
  [{ store, encryptionKey: "short+random/base64==" }, keyRule],
  [{ store, encryptionKey: "abababababababababababababababababab" }, keyRule],
  [{ store, encryptionKey: new Uint8Array(32) }, keyRule],
  [{ store, encryptionKey: crypto.getRandomValues(new Uint8Array(31)) }, keyRule],
  [{ store, encryptionKey: [encryptionKey, "short+random/base64=="] }, keyRule],
])("the options of a store %# are refused, without a word of the key", (options, message) => {
  expect(() => cache({ ttl: 1000, ...options } as never)).toThrow(message);
  expect(() => cache({ ttl: 1000, ...options } as never)).toThrow(
    expect.objectContaining({ code: "INVALID_OPTION" }),
  );
});

test.each([
  ["a text", encryptionKey],
  ["a text from a file, with its line end", `${encryptionKey}\n`],
  ["hexadecimal", "00112233445566778899aabbccddeeff"],
  ["bytes", crypto.getRandomValues(new Uint8Array(32))],
  ["several", [crypto.getRandomValues(new Uint8Array(64)), encryptionKey]],
])("an encryption key can be %s", (_, key) => {
  expect(cache({ ttl: 1000, store, encryptionKey: key }).stats().storeFailures).toBe(0);
});

test("nothing that can be printed of a cache shows its key", () => {
  const reads = cache({ ttl: 1000, store, encryptionKey });
  expect(printed(reads)).not.toContain(encryptionKey);
});
