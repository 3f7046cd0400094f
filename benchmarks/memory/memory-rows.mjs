import { startWorker } from "../subjects/start-worker.mjs";

/**
 * @typedef {import("../subjects/start-worker.mjs").SubjectName} SubjectName
 * @typedef {{ name: string, task: import("../subjects/worker.mjs").Task, subjects: readonly SubjectName[] }} Load
 */

/** Each is done five times over, and the heap measured after each fifth. */
const parts = 5;

/** What a heap may grow from the second fifth, when all is compiled and pooled, to the last. */
const mostGrowth = 1.1;

/** @type {readonly Load[]} */
const loads = [
  {
    name: "10,000 reads",
    task: { call: "getSecret", calls: 10_000 / parts, concurrency: 50 },
    subjects: ["ours", "official", "fetch"],
  },
  {
    name: "100 lists of 10,000",
    task: { call: "listSecrets", calls: 100 / parts, concurrency: 1 },
    subjects: ["ours", "official", "fetch"],
  },
  {
    name: "10,000 different reads through the cache (500 entries)",
    task: { call: "getSecret", calls: 10_000 / parts, concurrency: 50, distinct: true },
    subjects: ["cached"],
  },
];

/**
 * Measures what is left in memory, and the most there ever was.
 *
 * @param {{ siteUrl: string, only: string }} options
 * @returns {Promise<import("../report/row.mjs").Row[]>}
 */
export async function memoryRows({ siteUrl, only }) {
  const rows = [];
  for (const load of loads.filter(({ name }) => `memory: ${name}`.includes(only))) {
    const figures = [];
    for (const subject of load.subjects) figures.push(await measure(subject, load, siteUrl));
    rows.push(...toRows(load, figures));
  }
  return rows;
}

/**
 * @param {SubjectName} subject
 * @param {Load} load
 * @param {string} siteUrl
 */
async function measure(subject, { task }, siteUrl) {
  // Not checked first: the lists of the check would be the peak of a process that only gets.
  const worker = await startWorker(subject, siteUrl, { check: false });
  const figures = [];
  for (let part = 0; part < parts; part += 1) figures.push(await worker.measure(task));
  worker.stop();
  return figures;
}

/**
 * @param {Load} load
 * @param {readonly (readonly import("../subjects/worker.mjs").Figures[])[]} figures
 * @returns {import("../report/row.mjs").Row[]}
 */
function toRows({ name }, [ours = [], official, plain]) {
  const [, second, , , last] = ours.map(({ heap }) => heap);
  const growth = (last ?? Number.NaN) / (second ?? Number.NaN);
  const rounds = { ours, official, plain };
  const peaks = [ours, official, plain].map((each) => megabytes(each?.at(-1)?.peakRss));
  const heaps = [ours, official, plain].map((each) => megabytes(each?.at(-1)?.heap));
  return [
    { ...values(peaks), name: `memory: ${name}, peak RSS`, unit: "MB", bar: "", reached: undefined, rounds },
    {
      ...values(heaps),
      name: `memory: ${name}, heap left`,
      unit: "MB",
      bar: `growing ≤ ${mostGrowth} (is ${growth.toFixed(3)})`,
      reached: growth <= mostGrowth,
    },
  ];
}

/** @param {readonly (number | undefined)[]} figures */
function values([ours = Number.NaN, official, plain]) {
  return { ours, official, plain, ratio: official && ours / official };
}

/** @param {number | undefined} bytes */
function megabytes(bytes) {
  return bytes === undefined ? undefined : bytes / 1e6;
}
