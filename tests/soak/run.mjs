import { kyTransport } from "@infisical/core/ky";
import { nodeTransport } from "@infisical/core/node";
import { soak } from "./soak.mjs";
import { judge } from "./verdict.mjs";

const options = { calls: 50_000, concurrency: 50, tokenLifetime: 2, faultShare: 0.05 };
const transports = { nodeTransport, kyTransport };

/** Bytes in use after a collection; the command starts Node with --expose-gc. */
function heap() {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

let failed = false;
for (const [name, create] of Object.entries(transports)) {
  console.log(
    `${name}: ${options.calls} calls, ${options.concurrency} at once, ${options.faultShare * 100} % of them failing …`,
  );
  const figures = await soak({ ...options, heap, transport: create() });
  console.table({
    ...figures,
    seconds: figures.seconds.toFixed(1),
    heaps: figures.heaps.map((bytes) => (bytes / 2 ** 20).toFixed(1)).join(" "),
  });
  const problems = judge(figures, options);
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? "The soak passed." : "The soak failed.");
  failed ||= problems.length > 0;
}
process.exitCode = failed ? 1 : 0;
