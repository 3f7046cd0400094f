import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";

/** The beginning of each program: what it watches answers at once, without a socket. */
const beginning = `
  import { createClient } from "@infisical/core";
  import { secrets } from "@infisical/secrets";
  import { onRotation, watchSecrets } from "@infisical/watch";
  const body = JSON.stringify({ secrets: [], imports: [] });
  const transport = async () => ({ status: 200, headers: { etag: '"1"', "content-type": "application/json" }, body });
  const client = createClient({ transport, plugins: [secrets({ apiVersion: "v4" })] });
  client.auth().accessToken("a-token");
  const watch = (options) => watchSecrets(client, { projectId: "p", environment: "dev", ...options });
`;

const source = (name: string) => fileURLToPath(new URL(`../../${name}/src`, import.meta.url));

/** Starts a program in a process of its own. */
async function start(program: string): Promise<ChildProcess> {
  const folder = await mkdtemp(join(tmpdir(), "watch-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "program.mjs");
  await writeFile(join(folder, "source.mjs"), beginning + program);
  await build({
    entryPoints: [join(folder, "source.mjs")],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    alias: {
      "@infisical/core/authoring": `${source("core")}/authoring.ts`,
      "@infisical/core": `${source("core")}/index.ts`,
      "@infisical/secrets": `${source("secrets")}/index.ts`,
      "@infisical/watch": `${source("watch")}/index.ts`,
    },
  });
  const child = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill());
  return child;
}

/** How a program ends that is left alone. */
async function endOf(program: string): Promise<unknown[]> {
  const child = await start(program);
  let printed = "";
  child.stdout?.on("data", (text) => {
    printed += text;
  });
  const [code] = await once(child, "close");
  return [code, printed.trim()];
}

test("a process that only watches ends", async () => {
  expect(await endOf(`const watcher = watch(); await watcher.refresh(); console.log("read");`)).toEqual([
    0,
    "read",
  ]);
});

test("a process whose application of a value waits for its next try ends too", async () => {
  const program = `const watcher = watch(); onRotation(watcher, "GONE", () => {}, { onMissing: (why) => console.log(why) });`;
  expect(await endOf(program)).toEqual([0, "absent"]);
});

test.each([
  ["break", "for await (const _ of watch({ ref: true })) break;"],
  ["close", "const watcher = watch({ ref: true }); await watcher.refresh(); watcher.close();"],
  [
    "the client's close",
    "const watcher = watch({ ref: true }); await watcher.refresh(); await client.close();",
  ],
  ["a signal", "const end = new AbortController(); watch({ ref: true, signal: end.signal }); end.abort();"],
  [
    "await using",
    "const watcher = watch({ ref: true }); await watcher.refresh(); await watcher[Symbol.asyncDispose]();",
  ],
])("%s ends a process that wants to stay", async (_, program) => {
  expect(await endOf(`${program} console.log("left");`)).toEqual([0, "left"]);
});

test("with ref, a process stays while it watches, and polls", async () => {
  const child = await start(`
    let polls = 0;
    const list = async () => ({ secrets: [], notModified: false, etag: undefined, polls: console.log(polls++) });
    watchSecrets({ secrets: () => ({ listSecretsIfChanged: list }) }, { projectId: "p", environment: "dev", interval: "1s", ref: true });
  `);
  const ended = once(child, "exit").then(() => "ended");
  let printed = "";
  const polled = new Promise<string>((resolve) => {
    child.stdout?.on("data", (text) => {
      printed += text;
      if (printed.includes("1")) resolve("polled");
    });
  });
  expect(await Promise.race([ended, polled])).toBe("polled");
});

test("a process ends although its event stream is open", async () => {
  const server = createServer((incoming, outgoing) => {
    incoming.resume();
    const isStream = incoming.method === "POST";
    outgoing.writeHead(200, {
      "content-type": isStream ? "text/event-stream" : "application/json",
      etag: '"1"',
    });
    if (isStream) outgoing.write("event: ping\ndata: {}\n\n");
    else outgoing.end('{"secrets":[]}');
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const ended = await endOf(`
    const streaming = createClient({ siteUrl: "http://127.0.0.1:${port}", plugins: [secrets({ apiVersion: "v4" })] });
    streaming.auth().accessToken("a-token");
    const watcher = watchSecrets(streaming, { projectId: "p", environment: "dev", stream: true });
    watcher.addEventListener("stream", ({ state }) => console.log(state));
  `);
  expect(ended).toEqual([0, "open"]);
});
