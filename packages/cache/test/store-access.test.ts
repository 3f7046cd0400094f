import { expect, test } from "vitest";
import { Ages } from "../src/ages.ts";
import type { CacheStore } from "../src/store.ts";
import { StoreAccess } from "../src/store-access.ts";

/** Access to a store that answers nothing until a test says that it is back. */
function startSilent() {
  let now = 0;
  let asked = 0;
  let isBack = false;
  const ask = (): unknown => {
    asked += 1;
    return isBack ? "a-text" : new Promise(() => undefined);
  };
  const store: CacheStore = { get: ask, set: ask, delete: ask };
  const access = new StoreAccess(store, 1000, new Ages({ now: () => now }), {
    storeFailures: 0,
    storeUnreadable: 0,
  });
  return {
    access,
    asked: () => asked,
    comeBack: () => {
      isBack = true;
    },
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

/** Asks for so many texts, and waits for none. */
function askFor(access: StoreAccess, count: number): void {
  for (let index = 0; index < count; index += 1) access.get("a-key").catch(() => undefined);
}

test("a store that answers nothing is asked 256 times, then once a minute", () => {
  const { access, asked, advance } = startSilent();
  askFor(access, 1000);
  expect(asked()).toBe(257);
  advance(59_999);
  askFor(access, 1000);
  expect(asked()).toBe(257);
  advance(1);
  askFor(access, 1000);
  expect(asked()).toBe(258);
});

test("a store that is back is used again, although it has lost what it was asked before", async () => {
  const { access, asked, advance, comeBack } = startSilent();
  askFor(access, 1000);
  comeBack();
  advance(60_000);
  const before = asked();
  for (let count = 1; count <= 300; count += 1) {
    expect(await access.get("a-key")).toBe("a-text");
    expect(asked()).toBe(before + count);
  }
});
