import assert from "node:assert/strict";
import { buildNext, startNext } from "./next-process.mjs";
import { ask, until } from "./requests.mjs";
import { search } from "./search.mjs";
import { startSecretsServer, values } from "./secrets-server.mjs";

/**
 * A way to build and run the application.
 *
 * @typedef {object} Variant
 * @property {string} name
 * @property {"default" | "ky" | "fetch"} transport with `fetch`, Next.js is to keep the token and the value
 * @property {readonly string[]} [flags] of `next build`
 * @property {boolean} [cacheComponents] whether that mode is on, with the application's dynamic parts only
 *
 * @typedef {(name: string, run: () => unknown) => Promise<void>} Check
 */

/** What is rendered at each request, whatever Next.js is told about its `fetch`. */
const dynamic = ["/", "/api/key"];

/** The routes that make Next.js keep what comes through its `fetch`. */
const forced = ["/forced/node", "/forced/edge"];

/**
 * Builds the application, starts it, changes the secret, and searches what is left on disk.
 *
 * @param {string} application its folder
 * @param {Variant} variant
 * @param {Check} check
 */
export async function testVariant(application, variant, check) {
  const { transport, flags = [], cacheComponents = false } = variant;
  const server = await startSecretsServer();
  const mode = { TEST_TRANSPORT: transport, TEST_CACHE_COMPONENTS: cacheComponents ? "yes" : "no" };
  const settings = { application, variables: { ...server.variables, ...mode } };
  try {
    const build = await buildNext(settings, flags);
    await check("builds", () => assert.equal(build.code, 0, build.output));
    if (build.code !== 0) return;
    await check("reads the secret at build time for static pages only", () =>
      assert.equal(server.readsSince(0).length > 0, !cacheComponents),
    );
    // The process that is started must log in by itself.
    server.expireTokens();
    const printed = build.output + (await run(settings, server, check, variant));
    const sentinels = server.sentinels();
    const kept = search(application, sentinels);
    if (transport === "fetch") {
      console.log(kept.map((line) => `    ${line}`).join("\n"));
      await check("keeps token and value on disk, where the search finds them", () => {
        const missing = ["access token 1", "built value"].filter((name) => !kept.join().includes(name));
        assert.deepEqual(missing, []);
      });
    } else {
      await check("leaves no token and no value on disk", () => assert.deepEqual(kept, []));
    }
    await check("prints no token and no value", () => {
      const names = Object.entries(sentinels).filter(([, text]) => printed.includes(text));
      assert.deepEqual(names, []);
    });
  } finally {
    await server.close();
  }
}

/**
 * Runs the built application while the secret changes.
 *
 * @param {import("./next-process.mjs").Settings} settings
 * @param {Awaited<ReturnType<typeof startSecretsServer>>} server
 * @param {Check} check
 * @param {Variant} variant
 * @returns {Promise<string>} what it printed
 */
async function run(settings, server, check, { transport, cacheComponents = false }) {
  const paths = cacheComponents ? dynamic : [...forced, ...dynamic, "/edge", "/renewed"];
  const kept = transport === "fetch" ? forced : [];
  const beforeStart = server.count();
  const next = await startNext(settings);
  try {
    await check("reads the secret in instrumentation.ts, before any request", () =>
      until(() => server.readsSince(beforeStart).length > 0, true),
    );
    await check("sends the requests through its transport", () =>
      assert.equal(server.readsSince(beforeStart)[0], transport === "default" ? "sockets" : "fetch"),
    );
    if (!cacheComponents) await testStaticAndEdge(next.url, server, check);
    for (const path of paths) {
      await check(`answers ${path} with the secret`, async () =>
        assert.equal(await ask(next.url + path), values.built.length),
      );
    }
    server.setValue(values.changed);
    server.expireTokens();
    for (const path of kept) {
      await check(`does not answer ${path} with the changed secret`, async () =>
        assert.notEqual(await ask(next.url + path).catch(() => undefined), values.changed.length),
      );
    }
    for (const path of paths.filter((each) => !kept.includes(each))) {
      await check(`answers ${path} with the changed secret, with a new token`, () =>
        until(() => ask(next.url + path), values.changed.length),
      );
    }
  } finally {
    await next.stop();
  }
  return next.output();
}

/**
 * @param {string} url
 * @param {Awaited<ReturnType<typeof startSecretsServer>>} server
 * @param {Check} check
 */
async function testStaticAndEdge(url, server, check) {
  await check("answers /static as it was built", async () => {
    const before = server.count();
    assert.equal(await ask(`${url}/static`), values.built.length);
    assert.equal(server.count(), before);
  });
  await check("sends the requests of the edge runtime through fetch", async () => {
    const before = server.count();
    await ask(`${url}/edge`);
    assert.deepEqual(server.readsSince(before), ["fetch"]);
  });
}
