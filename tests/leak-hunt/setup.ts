import { afterEach, expect } from "vitest";
import { hunt } from "./hunt.ts";
import { seen } from "./seen.ts";

afterEach(() => {
  for (const value of seen.splice(0)) hunt.see(value);
  expect(hunt.leaks(), "credentials or values in what can be printed").toEqual([]);
});
