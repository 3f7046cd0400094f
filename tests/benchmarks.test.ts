import { once } from "node:events";
import { readFileSync } from "node:fs";
import * as http from "node:http";
import * as https from "node:https";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { readArguments } from "../benchmarks/report/arguments.mjs";
import { bar, type Limit, reached } from "../benchmarks/report/limit.mjs";
import { formats } from "../benchmarks/report/print.mjs";
import { cells, type Row } from "../benchmarks/report/row.mjs";
import { median } from "../benchmarks/speed/median.mjs";
import { pairedRatio } from "../benchmarks/speed/paired-ratio.mjs";
import { startStub } from "../benchmarks/stub/start-stub.mjs";
import { mostOpenSockets } from "../benchmarks/subjects/open-sockets.mjs";

const row: Row = {
  name: "a job",
  unit: "µs CPU",
  ours: 274.4,
  official: 271.26,
  plain: undefined,
  ratio: 1.1001,
  limits: [{ of: "ratio", is: 1.1001, most: 1.1, inRow: true }],
};

test("a ratio is rounded up, never in our favour", () => {
  expect(cells(row)).toEqual(["a job", "µs CPU", "274", "271", "", "1.101", "ratio ≤ 1.1", "MISSED"]);
  expect(cells({ ...row, ours: 2.345, ratio: 0.00991, limits: [] }).slice(2)).toEqual([
    "2.35",
    "271",
    "",
    "0.0100",
    "",
    "",
  ]);
});

test("a row with two limits reaches both or misses, and says the figure that no other cell has", () => {
  const byHand: Limit = { of: "by hand", is: 0.7401, most: 0.75 };
  const official: Limit = { of: "ratio", is: 0.55, most: 0.55, inRow: true };
  const verdictOf = (...limits: Limit[]) => cells({ ...row, limits }).slice(-2);
  expect(verdictOf(byHand, official)).toEqual(["by hand ≤ 0.75 (is 0.741), ratio ≤ 0.55", "reached"]);
  expect(verdictOf(byHand, { ...official, is: 0.5501 })[1]).toBe("MISSED");
  expect(verdictOf({ ...byHand, is: 0.7501 }, official)).toEqual([
    "by hand ≤ 0.75 (is 0.751), ratio ≤ 0.55",
    "MISSED",
  ]);
});

test("a limit of a count is a whole number, and what was not measured is not reached", () => {
  expect(bar([{ of: "", is: 39_259, most: 45_000, inRow: true }])).toBe("≤ 45,000");
  expect(bar([{ of: "files of ky", is: 1234, most: 0 }])).toBe("files of ky ≤ 0 (is 1,234)");
  const unknown: Limit = { of: "growing", is: Number.NaN, most: 1.1 };
  expect(bar([unknown])).toBe("growing ≤ 1.1 (is unknown)");
  expect(reached([unknown])).toBe(false);
});

test("the table can be read, pasted and parsed", () => {
  const report = { machine: { node: "v20" }, rounds: 3, rows: [row] };
  expect(formats.table(report)).toMatch(/^node: v20\n.*\n\njob +unit .*\na job +µs CPU +274 /);
  expect(formats.markdown(report)).toContain(
    "| a job | µs CPU |      274 |            271 |         | 1.101 | ratio ≤ 1.1 | MISSED  |",
  );
  expect(JSON.parse(formats.json(report))).toMatchObject({
    rounds: 3,
    rows: [{ ours: 274.4, limits: [{ is: 1.1001, most: 1.1 }], reached: false }],
  });
});

test("the median is the middle one, or lies between the two middle ones", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([10, 9])).toBe(9.5);
});

test("a ratio is that of the pairs", () => {
  expect(pairedRatio([1, 20, 3], [2, 40, 1])).toBe(0.5);
});

test("the stub answers alike over http and over TLS", async () => {
  const { siteUrl, tlsSiteUrl, certificateFile, stop } = await startStub();
  onTestFinished(stop);
  const path = "/api/v3/secrets/raw/DATABASE_URL?environment=dev";
  const plain = await bodyOf(http.get(siteUrl + path, { agent: false }));
  expect(JSON.parse(plain)).toMatchObject({ secret: { secretValue: "value of DATABASE_URL" } });
  const ca = readFileSync(certificateFile);
  const named = tlsSiteUrl.replace("127.0.0.1", "localhost");
  expect(await bodyOf(https.get(tlsSiteUrl + path, { ca, agent: false }))).toBe(plain);
  expect(await bodyOf(https.get(named + path, { ca, agent: false, family: 4 }))).toBe(plain);
  await expect(bodyOf(https.get(tlsSiteUrl + path, { agent: false }))).rejects.toThrow("self-signed");
});

test("sockets are counted while they are open, the idle ones too", async () => {
  const server = http.createServer((_, outgoing) => outgoing.end()).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const agent = new http.Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const ask = () => bodyOf(http.get({ port, host: "127.0.0.1", agent }));
  await expect.poll(mostOpenSockets).toBe(0);
  await Promise.all([ask(), ask(), ask()]);
  expect(mostOpenSockets()).toBe(3);
  await ask();
  expect(mostOpenSockets()).toBe(3);
  agent.destroy();
  await expect.poll(mostOpenSockets).toBe(0);
});

test("the command line is read, and a wrong one is named", () => {
  expect(readArguments(["--json", "--rounds", "3"])).toEqual({ format: "json", rounds: 3, only: "" });
  expect(readArguments(["--markdown"]).format).toBe("markdown");
  expect(() => readArguments(["--rounds", "0"])).toThrow("--rounds must be a whole number, 1 or more, got 0");
  expect(() => readArguments(["--fast"])).toThrow("--fast");
});

async function bodyOf(request: http.ClientRequest) {
  const [response] = await once(request, "response");
  let body = "";
  for await (const chunk of response) body += chunk;
  return body;
}
