import { kyTransport } from "@infisical/core/ky";
import { nodeTransport } from "@infisical/core/node";
import { undiciTransport } from "@infisical/transport-undici";
import { expect, test } from "vitest";
import { soak } from "./soak/soak.mjs";
import { judge } from "./soak/verdict.mjs";

test.each(Object.entries({ nodeTransport, kyTransport, undiciTransport }))(
  "2,000 calls through %s against a failing server: no write repeated or wrongly reported, no call lost",
  async (_, create) => {
    const options = {
      seed: 1,
      calls: 2000,
      concurrency: 50,
      tokenLifetime: 60,
      faultShare: 0.1,
      timeout: 5000,
    };
    const figures = await soak({ ...options, transport: create() });
    expect(judge(figures, options)).toEqual([]);
    expect(figures.faults).toBeGreaterThan(100);
    expect(figures.leases).toBeGreaterThan(50);
    expect(figures.untrusted).toBeGreaterThan(0);
    expect(figures).toMatchObject({ clockSteps: 8, restarts: 1, diversions: 1 });
  },
);
