import { startWorker } from "../subjects/start-worker.mjs";
import { median } from "./median.mjs";
import { pairedRatio } from "./paired-ratio.mjs";

/** Rounds in which the code gets compiled, and which do not count. */
const warmUps = 2;

/**
 * Measures a job: in every round each subject in turn, the first one changing from round to round.
 *
 * @param {import("./jobs.mjs").Job} job
 * @param {{ siteUrl: string, rounds: number }} options
 * @returns {Promise<import("../report/row.mjs").Row>}
 */
export async function measureJob(job, { siteUrl, rounds }) {
  const workers = await Promise.all(job.subjects.map((name) => startWorker(name, siteUrl)));
  const figures = job.subjects.map(() => /** @type {import("../subjects/worker.mjs").Figures[]} */ ([]));
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const offset of workers.keys()) {
      const index = (Math.max(0, round) + offset) % workers.length;
      const name = job.subjects[index];
      const calls = (name && job.callsOf?.[name]) ?? job.calls;
      const result = await workers[index]?.measure({ call: job.call, calls, concurrency: job.concurrency });
      if (round >= 0 && result) figures[index]?.push(result);
    }
  }
  for (const worker of workers) worker.stop();
  return toRow(job, figures);
}

/**
 * @param {import("./jobs.mjs").Job} job
 * @param {readonly (readonly import("../subjects/worker.mjs").Figures[])[]} figures
 * @returns {import("../report/row.mjs").Row}
 */
function toRow(job, [ours = [], official = [], plain = [], base = []]) {
  const cpus = [ours, official, plain, base].map((figures) => figures.map(({ cpu }) => cpu));
  const [ourCpus = [], officialCpus = [], plainCpus = [], baseCpus = []] = cpus;
  const ratio = pairedRatio(ourCpus, officialCpus);
  /** @type {import("../report/limit.mjs").Limit[]} */
  const limits = [];
  if (job.most !== undefined) limits.push({ of: "ratio", is: ratio, most: job.most, inRow: true });
  if (job.mostOfBase !== undefined)
    limits.push({ of: "without", is: pairedRatio(ourCpus, baseCpus), most: job.mostOfBase });
  return {
    name: job.name,
    unit: "µs CPU",
    ours: median(ourCpus),
    official: median(officialCpus),
    plain: median(plainCpus),
    ratio,
    limits,
    rounds: { ours, official, plain, base },
  };
}
