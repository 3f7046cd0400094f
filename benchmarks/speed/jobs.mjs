/**
 * @typedef {object} Job
 * @property {string} name
 * @property {import("../subjects/worker.mjs").Task["call"]} call
 * @property {number} calls in a round
 * @property {number} concurrency
 * @property {number} [most] what the ratio to the official SDK may be; it is only stated without one
 * @property {number} [mostOfBase] what the ratio to the last subject may be, which is this SDK without what is measured
 * @property {readonly import("../subjects/start-worker.mjs").SubjectName[]} subjects ours first, then the official, then what
 * was written by hand, and last what `mostOfBase` compares with
 * @property {Partial<Record<import("../subjects/start-worker.mjs").SubjectName, number>>} [callsOf] where a
 * subject needs more calls than the others for a round that can be measured
 */

/** @type {readonly Job[]} */
export const jobs = [
  {
    name: "`getSecret`, one at a time",
    call: "getSecret",
    calls: 1500,
    concurrency: 1,
    most: 0.55,
    subjects: ["ours", "official", "fetch"],
  },
  {
    name: "`getSecret`, 50 at once",
    call: "getSecret",
    calls: 3000,
    concurrency: 50,
    most: 0.45,
    subjects: ["ours", "official", "fetch"],
  },
  {
    name: "`getSecret` through `kyTransport`, one at a time",
    call: "getSecret",
    calls: 1500,
    concurrency: 1,
    subjects: ["ky", "official", "fetch"],
  },
  {
    name: "`getSecret` through `kyTransport`, 50 at once",
    call: "getSecret",
    calls: 3000,
    concurrency: 50,
    subjects: ["ky", "official", "fetch"],
  },
  {
    name: "`getSecret` through `undiciTransport`, one at a time",
    call: "getSecret",
    calls: 1500,
    concurrency: 1,
    most: 0.32,
    subjects: ["undici", "official", "fetch"],
  },
  {
    name: "`getSecret` through `undiciTransport`, 50 at once",
    call: "getSecret",
    calls: 10_000,
    concurrency: 50,
    most: 0.16,
    subjects: ["undici", "official", "fetch"],
  },
  {
    name: "`listSecrets` of 10,000",
    call: "listSecrets",
    calls: 5,
    concurrency: 1,
    most: 1,
    subjects: ["ours", "official", "fetch"],
  },
  {
    name: "`listSecretsWithImports` of 10,000 + 10,000",
    call: "listSecretsWithImports",
    calls: 2,
    concurrency: 1,
    most: 0.1,
    subjects: ["ours", "official", "fetch"],
  },
  {
    name: "cached `getSecret`, one at a time",
    call: "getSecret",
    calls: 1500,
    concurrency: 1,
    most: 0.006,
    subjects: ["cached", "official", "fetch"],
    callsOf: { cached: 200_000 },
  },
  {
    name: "`getSecret` with OpenTelemetry's API and no SDK of it, one at a time",
    call: "getSecret",
    calls: 1500,
    concurrency: 1,
    mostOfBase: 1.1,
    subjects: ["telemetry", "official", "fetch", "ours"],
    callsOf: { official: 300, fetch: 300 },
  },
  {
    name: "`getSecret` with OpenTelemetry's API and no SDK of it, 50 at once",
    call: "getSecret",
    calls: 3000,
    concurrency: 50,
    mostOfBase: 1.1,
    subjects: ["telemetry", "official", "fetch", "ours"],
    callsOf: { official: 300, fetch: 300 },
  },
];
