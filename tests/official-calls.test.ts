import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as ours from "@infisical/sdk";
import { createTestServer, type TestServer } from "@infisical/test-server";
import * as official from "infisical-official";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createNormalizer } from "./kit/normalized.ts";
import { type Call, calls, type Side } from "./official-calls.ts";
import { privateNames } from "./official-surface/declarations.mjs";
import { reachableFunctions } from "./official-surface/reachable-functions.mjs";

/** What is called by the calls of other files: a login that needs AWS. */
const elsewhere = ["auth().awsIamAuth.login"];

/** A side with its server, and what replaces ids and times in its answers. */
interface RunningSide extends Side {
  readonly server: TestServer;
  readonly normalize: (text: string) => string;
}

/** An outcome as text, so that the two of a call can be compared. */
interface Outcome {
  readonly kind: "result" | "error";
  readonly text: string;
}

let sides: readonly RunningSide[];

beforeAll(async () => {
  sides = await Promise.all([
    start((siteUrl) => new official.InfisicalSDK({ siteUrl })),
    start((siteUrl) => new ours.InfisicalSDK({ siteUrl, retry: false }) as never),
  ]);
});
afterAll(() => Promise.all(sides.map(({ server }) => server.close())));

async function start(createSdk: (siteUrl: string) => official.InfisicalSDK): Promise<RunningSide> {
  const server = createTestServer({
    projects: [
      {
        name: "Shop",
        slug: "shop",
        environments: ["dev", "prod"].map((slug) => ({ name: slug, slug })),
        tags: [{ slug: "red" }],
        secrets: {
          dev: {
            "/": { GREETING: { value: "hello", tags: ["red"] }, REFERENCE: "${GREETING} again" },
            "/shared": { SHARED: "shared value" },
          },
        },
        imports: [{ environment: "dev", import: { environment: "dev", path: "/shared" } }],
      },
      { name: "Keys", slug: "keys", type: "kms", environments: [] },
    ],
  });
  const { siteUrl } = await server.listen();
  return {
    server,
    sdk: createSdk(siteUrl),
    projectId: server.projectId("shop"),
    keysId: server.projectId("keys"),
    credentials: server.credentials(),
    known: new Map(),
    normalize: createNormalizer(),
  };
}

/** Makes the call with one SDK. Any difference between the two in the kind, the name or the text of the outcome shows. */
async function outcomeOf(side: RunningSide, [, , call]: Call): Promise<Outcome> {
  try {
    return { kind: "result", text: side.normalize(JSON.stringify(await call(side)) ?? "undefined") };
  } catch (error) {
    const { name, message } = error as Error;
    return { kind: "error", text: side.normalize(`${name}: ${message}`) };
  }
}

test("every function of the official SDK is called", async () => {
  const declarations = fileURLToPath(import.meta.resolve("infisical-official")).replace(/\.mjs$/, ".d.mts");
  const hidden = privateNames(readFileSync(declarations, "utf8"));
  const nowhere = new official.InfisicalSDK({ siteUrl: "http://127.0.0.1:9" });
  const reachable = await reachableFunctions(nowhere, hidden);
  // What only leads to others, such as `kms`, is called on the way to them.
  const called = [...calls.map(([, name]) => name), ...elsewhere];
  expect(
    reachable.filter((path) => !called.some((name) => name === path || name.startsWith(`${path}().`))),
  ).toEqual([]);
});

describe("both SDKs have the same outcome of a call", () => {
  test.each(calls)("%s: %s", async (...call) => {
    const [theirs, here] = await Promise.all(sides.map((side) => outcomeOf(side, call)));
    expect(here?.kind).toBe(theirs?.kind);
    if (theirs?.kind !== "error")
      expect(JSON.parse(here?.text ?? "")).toEqual(JSON.parse(theirs?.text ?? ""));
    // Ours has the address without its query, and may say after the server's own words what was asked for.
    else expect(here?.text.replace(/ \(asked for: .*$/s, "")).toBe(theirs.text.replace(/\?[^\]]*/, ""));
  });
});
