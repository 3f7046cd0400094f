import { describe, expect, test } from "vitest";
import { runNode } from "../packed/packed.ts";
import { type Bundle, withEsbuild, withRollup, withVite, withWebpack } from "./bundle.ts";

/** What shows in a bundle that a transport is in it: texts that survive whatever is made shorter. */
const marks: Readonly<Record<string, (bundle: Bundle) => boolean>> = {
  nodeTransport: ({ code }) => code.includes("answered CONNECT with status"),
  kyTransport: ({ code }) => code.includes("This platform has no fetch"),
  // An option of ky's, of which our code says nothing.
  ky: ({ code }) => code.includes("prefixUrl"),
};

const [nodes, kys] = [["nodeTransport"], ["kyTransport", "ky"]];

/** Bundles the program, and says what is in the bundle and what comes of it. */
async function outcomeOf(bundling: Promise<Bundle>): Promise<object> {
  const bundle = await bundling;
  const holds = Object.keys(marks).filter((name) => marks[name]?.(bundle));
  const run = JSON.parse(runNode(["src/run-bundle.mjs", bundle.file]));
  return { warnings: bundle.warnings, holds, run };
}

/** What is to come of it where the transport is Node's. */
const throughNode = {
  warnings: [],
  holds: nodes,
  run: { secretValue: "from the server", sentBy: ["node:http"] },
};

/** The same where it is ky's. */
const throughKy = { warnings: [], holds: kys, run: { secretValue: "from the server", sentBy: ["fetch"] } };

describe("a bundle for Node sends requests through Node's sockets, and holds no ky", () => {
  test.each<[string, () => Promise<Bundle>]>([
    ["esbuild, as ESM", () => withEsbuild({ platform: "node", format: "esm" })],
    ["esbuild, as CommonJS", () => withEsbuild({ platform: "node", format: "cjs" })],
    ["webpack", () => withWebpack({ target: "node" })],
    ["Vite, for a server", () => withVite({ ssr: { noExternal: true } })],
    ["Rollup, told of Node", () => withRollup({ exportConditions: ["node"] })],
  ])("%s", async (_, bundle) => {
    expect(await outcomeOf(bundle())).toEqual(throughNode);
  });
});

describe("a bundle for other platforms sends requests through fetch, and holds nothing of Node", () => {
  test.each<[string, () => Promise<Bundle>]>([
    ["esbuild, for browsers", () => withEsbuild({ platform: "browser" })],
    ["esbuild, for no platform", () => withEsbuild({ platform: "neutral", mainFields: ["module", "main"] })],
    ["webpack", () => withWebpack({ target: "web" })],
    ["webpack, for workers", () => withWebpack({ target: "webworker" })],
    ["Vite, for pages", () => withVite({})],
    [
      "Vite, for a server that is a worker",
      () => withVite({ ssr: { noExternal: true, target: "webworker" } }),
    ],
    ["Rollup, told nothing", () => withRollup({})],
    ["Rollup, told of browsers", () => withRollup({ browser: true })],
  ])("%s", async (_, bundle) => {
    expect(await outcomeOf(bundle())).toEqual(throughKy);
  });
});

test.each(["bun", "deno", "workerd", "edge-light", "browser"])(
  "a platform that names itself %s gets ky's, even where it names itself Node too",
  async (condition) => {
    for (const format of ["esm", "cjs"] as const) {
      const bundle = withEsbuild({ platform: "node", conditions: [condition], format });
      expect(await outcomeOf(bundle)).toEqual(throughKy);
    }
  },
);
