import { kyTransport } from "@infisical/core/ky";
import { nodeTransport } from "@infisical/core/node";
import { undiciTransport } from "@infisical/transport-undici";
import { soak } from "./soak.mjs";
import { judge } from "./verdict.mjs";

const [seed, calls, only] = process.argv.slice(2);
const options = {
  seed: Number(seed ?? Math.floor(Math.random() * 2 ** 31)),
  calls: Number(calls ?? 50_000),
  concurrency: 50,
  tokenLifetime: 5,
  faultShare: 0.1,
};
const transports = { nodeTransport, kyTransport, undiciTransport };
if (only !== undefined && !Object.hasOwn(transports, only)) {
  throw new Error(`The transport must be one of ${Object.keys(transports).join(", ")}, got ${only}.`);
}

/** Bytes in use after a collection; the command starts Node with --expose-gc. */
function heap() {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

let failed = false;
for (const [name, create] of Object.entries(transports)) {
  if (only !== undefined && name !== only) continue;
  console.log(
    `${name}: ${options.calls} calls, ${options.concurrency} at once, ${options.faultShare * 100} % of them failing, seed ${options.seed} …`,
  );
  const transport = create();
  const figures = await soak({ ...options, heap, transport });
  await transport.close?.();
  const { wrong, codes, examples, ...counts } = figures;
  console.table({
    ...wrong,
    ...counts,
    seconds: figures.seconds.toFixed(1),
    heaps: figures.heaps.map((bytes) => (bytes / 2 ** 20).toFixed(1)).join(" "),
  });
  console.table(codes);
  const problems = judge(figures, options);
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? "The soak passed." : "The soak failed.");
  failed ||= problems.length > 0;
}
process.exitCode = failed ? 1 : 0;
