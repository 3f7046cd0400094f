import { expect, test } from "vitest";
import { soak } from "./soak/soak.mjs";
import { judge } from "./soak/verdict.mjs";

test("2,000 calls against a failing server: no write repeated or wrongly reported, no call lost", async () => {
  const options = { calls: 2000, concurrency: 50, tokenLifetime: 60, faultShare: 0.1, timeout: 5000 };
  const figures = await soak(options);
  expect(judge(figures, options)).toEqual([]);
  expect(figures.faults).toBeGreaterThan(100);
}, 60_000);
