import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { startLocalServer } from "../examples/lambda/local-server.mjs";
import { bundle, root } from "./aws/bundle.ts";
import { runNode } from "./aws/run-node.ts";

const handler = `${root}examples/lambda/handler.mjs`;

/**
 * Bytes; who raises one says in the same change what for. Node's own sockets, with their time limits, proxies,
 * compression and what their failures mean, are 10 kB of it; a cold start without `fetch` takes a third less CPU. Some
 * 20 kB tell gateways from servers, secrets in every spelling, wrong options and wrong responses; 11 kB are strict lists
 * and the names that steer a process; 4 kB are events; 2 kB find the
 * option that was meant.
 */
const ceilings = { minified: 102_400, gzipped: 39_600 };

/** What belongs to packages and to parts of packages that the handler does not use. */
const foreign = [
  "aws-sdk",
  "credential-provider",
  "fromNodeProviderChain",
  "169.254.169.254",
  "instance-identity",
  "SignatureV4",
  "presign",
  "universal-auth",
  "INFISICAL_UNIVERSAL_AUTH",
  "dynamic-secrets",
  "/kms/",
  "/secret-imports",
  "node:crypto",
  // An option of ky's, which is nowhere else, and what only the transport over fetch says.
  "prefixUrl",
  "This platform has no fetch",
];

test("the Lambda bundle stays below its ceilings", async () => {
  const { text } = await bundle(handler);
  const sizes = { minified: Buffer.byteLength(text), gzipped: gzipSync(text, { level: 9 }).length };
  process.stdout.write(`Lambda bundle: ${sizes.minified} bytes minified, ${sizes.gzipped} gzipped\n`);
  expect(sizes.minified).toBeLessThanOrEqual(ceilings.minified);
  expect(sizes.gzipped).toBeLessThanOrEqual(ceilings.gzipped);
});

test("docs/comparison.md and docs/migrating.md say how large the Lambda bundle is, to a twentieth", async () => {
  const { text } = await bundle(handler);
  const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
  const inComparison = /Lambda function with AWS login, bundled *\|[^|]*\| *(\d+) kB/.exec(
    read("docs/comparison.md"),
  )?.[1];
  const inMigrating = /Lambda: core, auth-aws\/lambda and secrets *\| *([\d,]+)/.exec(
    read("docs/migrating.md"),
  )?.[1];
  for (const said of [Number(inComparison) * 1000, Number(inMigrating?.replace(",", ""))]) {
    expect(Math.abs(said / Buffer.byteLength(text) - 1)).toBeLessThan(0.05);
  }
});

test("the Lambda bundle holds what it uses and nothing else", async () => {
  const { text, metafile } = await bundle(handler);
  const allowed =
    /^(?:examples\/lambda\/handler\.mjs|packages\/core\/dist\/(?:index|authoring|default-node|chunk-\w+)\.js|packages\/secrets\/dist\/(?:index|chunk-\w+)\.js|packages\/auth-aws\/dist\/lambda\.js|.*\/node_modules\/ms\/index\.js)$/;
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.length).toBeGreaterThanOrEqual(5);
  expect(inputs.filter((file) => !allowed.test(file))).toEqual([]);
  expect(foreign.filter((part) => text.includes(part))).toEqual([]);
});

test("the Lambda bundle reads its secret, cold and warm", async () => {
  const { text } = await bundle(handler);
  const folder = mkdtempSync(join(tmpdir(), "infisical-lambda-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "handler.cjs"), text);
  const { environment, close } = await startLocalServer();
  onTestFinished(close);
  const call =
    "const { handler } = require('./handler.cjs'); handler().then(handler).then(({ body }) => console.log(body))";
  const { stdout, stderr } = await runNode(["-e", call], environment, folder);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({ secretKey: "DATABASE_URL", version: 1, length: 35 });
});

test("the local runner of the example runs", async () => {
  const { code, stdout, stderr } = await runNode([`${root}examples/lambda/run-local.mjs`]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^cold: 200 \{"secretKey":"DATABASE_URL".*\} in \d+ ms\nwarm: 200 .*\n$/);
});

test("the hand-written equivalent does the same job", async () => {
  const { environment, close } = await startLocalServer();
  onTestFinished(close);
  const call = `import("${root}benchmarks/lambda/hand-written.mjs").then(({ handler }) => handler()).then(({ body }) => console.log(body))`;
  const { stdout, stderr } = await runNode(["-e", call], environment);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({ secretKey: "DATABASE_URL", version: 1, length: 35 });
});
