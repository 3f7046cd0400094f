import { startWorker } from "../subjects/start-worker.mjs";

/**
 * @typedef {import("../subjects/start-worker.mjs").SubjectName} SubjectName
 * @typedef {{ name: string, task: import("../subjects/worker.mjs").Task, subjects: readonly SubjectName[], mostSockets?: number }} Load
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
  {
    name: "100,000 reads, 100 at once",
    task: { call: "getSecret", calls: 100_000 / parts, concurrency: 100 },
    subjects: ["ours"],
    // The default of `maxSockets`.
    mostSockets: 64,
  },
];

/**
 * Measures what is left in memory, the most there ever was, and how many sockets were open where that has a limit.
 *
 * @param {{ siteUrl: string, only: string }} options
 * @returns {Promise<import("../report/row.mjs").Row[]>}
 */
export async function memoryRows({ siteUrl, only }) {
  const rows = [];
  for (const load of loads.filter(({ name }) => `memory: ${name}`.includes(only))) {
    console.error(`memory: ${load.name} …`);
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
function toRows({ name, mostSockets }, [ours = [], official, plain]) {
  const [, second, , , last] = ours.map(({ heap }) => heap);
  const growth = (last ?? Number.NaN) / (second ?? Number.NaN);
  const rounds = { ours, official, plain };
  const peaks = [ours, official, plain].map((each) => megabytes(each?.at(-1)?.peakRss));
  const heaps = [ours, official, plain].map((each) => megabytes(each?.at(-1)?.heap));
  const rows = [
    { ...values(peaks), name: `memory: ${name}, peak RSS`, unit: "MB", limits: [], rounds },
    {
      ...values(heaps),
      name: `memory: ${name}, heap left`,
      unit: "MB",
      limits: [{ of: "growing", is: growth, most: mostGrowth }],
    },
  ];
  return mostSockets === undefined ? rows : [...rows, socketRow(name, ours, mostSockets)];
}

/**
 * @param {string} name
 * @param {readonly import("../subjects/worker.mjs").Figures[]} ours
 * @param {number} most
 * @returns {import("../report/row.mjs").Row}
 */
function socketRow(name, ours, most) {
  const open = Math.max(...ours.map(({ sockets }) => sockets));
  // Every call needs a socket: none at all would mean that they are opened where nothing counts them.
  if (open === 0) throw new Error("The sockets of the calls were not seen.");
  return {
    ...values([open]),
    name: `memory: ${name}, most open sockets`,
    unit: "sockets",
    limits: [{ of: "", is: open, most, inRow: true }],
  };
}

/** @param {readonly (number | undefined)[]} figures */
function values([ours = Number.NaN, official, plain]) {
  return { ours, official, plain, ratio: official && ours / official };
}

/** @param {number | undefined} bytes */
function megabytes(bytes) {
  return bytes === undefined ? undefined : bytes / 1e6;
}
