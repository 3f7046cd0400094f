import { lambdaRows } from "./lambda/lambda-rows.mjs";
import { memoryRows } from "./memory/memory-rows.mjs";
import { readArguments } from "./report/arguments.mjs";
import { machine } from "./report/machine.mjs";
import { formats } from "./report/print.mjs";
import { jobs } from "./speed/jobs.mjs";
import { measureJob } from "./speed/measure-job.mjs";
import { startStub } from "./stub/start-stub.mjs";
import { umbrellaRows } from "./umbrella/umbrella-rows.mjs";
import { watchRows } from "./watch/watch-rows.mjs";

const { format, rounds, only } = readArguments(process.argv.slice(2));
const report = { machine: machine(), rounds, rows: /** @type {import("./report/row.mjs").Row[]} */ ([]) };
const stub = await startStub();
const options = { siteUrl: stub.siteUrl, rounds, only };
try {
  for (const job of jobs.filter(({ name }) => name.includes(only))) {
    console.error(`${job.name} …`);
    report.rows.push(await measureJob(job, options));
  }
  report.rows.push(...(await watchRows(options)));
  report.rows.push(...(await lambdaRows({ stub, rounds, only })));
  report.rows.push(...(await umbrellaRows({ rounds, only })));
  report.rows.push(...(await memoryRows(options)));
} finally {
  stub.stop();
}
if (report.rows.length === 0) throw new Error(`No job has "${only}" in its name`);
console.log(formats[format](report));
