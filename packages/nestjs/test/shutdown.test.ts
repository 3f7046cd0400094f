import type { CloseOptions } from "@infisical/core";
import { InfisicalSDK } from "@infisical/sdk";
import { expect, test } from "vitest";
import { withResolvers } from "#test-kit";
import { InfisicalModule } from "../src/index.ts";
import { type ModuleParts, startModule, startServer } from "./start-module.ts";

/** Starts an application, and collects its warnings and errors. */
async function startLogging(parts: ModuleParts) {
  const logged: string[] = [];
  const write = (...words: unknown[]) => void logged.push(words.map(String).join(" "));
  const logger = { log: () => undefined, warn: write, error: write };
  const application = await startModule(parts, (builder) => builder.setLogger(logger));
  return { application, logged };
}

const order = { projectSlug: "shop", environmentSlug: "dev", path: "/", dynamicSecretName: "orders" };

interface Using extends Pick<ModuleParts, "providers"> {
  readonly revokeToken?: boolean;
  readonly keepOpen?: boolean;
  /** Whether the client is passed in. */
  readonly given?: boolean;
}

/** Starts an application that uses a lease until its client closes. */
async function startUsing(how: Using = {}) {
  const { given = false, providers = [], ...ends } = how;
  const { options, server } = await startServer();
  const infisical = new InfisicalSDK(options);
  const source = given ? { client: infisical } : options;
  const imports = [InfisicalModule.forRoot({ ...source, ...ends })];
  const { application, logged } = await startLogging({ imports, providers });
  const client = application.get(InfisicalSDK);
  const leased = withResolvers<string>();
  const used = client.dynamicSecrets().leases.use(order, async ({ lease, signal }) => {
    leased.resolve(lease.id);
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
  });
  used.catch(() => undefined);
  await leased.promise;
  const sent = () => server.requests.map(({ method, path }) => `${method} ${path}`);
  return { application, client, server, used, sent, logged };
}

const revocation = expect.stringMatching(/^POST .*\/token\/revoke$/);

test("the end of the application revokes leases; the token lives on", async () => {
  const { application, server, used, sent, logged } = await startUsing();
  expect(server.leases.list()).toHaveLength(1);
  await application.close();
  expect(server.leases.list()).toEqual([]);
  await expect(used).rejects.toMatchObject({ code: "CLIENT_CLOSED" });
  expect(sent()).not.toContainEqual(revocation);
  expect(logged).toEqual([]);
});

test("with revokeToken, the token ends after the leases, once, however often the application ends", async () => {
  const { application, server, sent } = await startUsing({ revokeToken: true });
  await Promise.all([application.close(), application.close()]);
  await application.close();
  expect(server.leases.list()).toEqual([]);
  const ends = sent().filter((request) => /DELETE|revoke/.test(request));
  expect(ends).toEqual([expect.stringMatching(/^DELETE .*\/leases\//), revocation]);
});

test("a client that was given ends too, unless it is to be kept open", async () => {
  const ended = await startUsing({ given: true });
  await ended.application.close();
  expect(ended.server.leases.list()).toEqual([]);
  const kept = await startUsing({ given: true, keepOpen: true });
  await kept.application.close();
  expect(kept.server.leases.list()).toHaveLength(1);
  await kept.client.close();
  expect(kept.server.leases.list()).toEqual([]);
});

test("the client is there until all other parts of the application have ended", async () => {
  const open: boolean[] = [];
  let isOpen = (): boolean => false;
  const hook = () => void open.push(isOpen());
  const part = { onModuleDestroy: hook, beforeApplicationShutdown: hook };
  const { application, server } = await startUsing({
    providers: [{ provide: "a part", useFactory: () => part }],
  });
  isOpen = () => server.leases.list().length === 1;
  await application.close();
  expect(open).toEqual([true, true]);
  expect(isOpen()).toBe(false);
});

test("a client that does not end in time is left behind, and the log says so", async () => {
  const { promise: never } = withResolvers<void>();
  const client = { close: () => never };
  const { application, logged } = await startLogging({
    imports: [InfisicalModule.forRoot({ client, name: "slow", shutdownTimeout: 1 })],
  });
  await application.close();
  expect(logged).toEqual([
    'The client "slow" could not be closed: TIMEOUT: Closing it took longer than 1 ms. InfisicalModule',
  ]);
});

test("a token that the server does not revoke is logged, and the application still ends", async () => {
  const { application, server, logged } = await startUsing({ revokeToken: true });
  const body = { reqId: "req-1", statusCode: 400, message: "Not now", error: "BadRequest" };
  server.fail({ path: /token\/revoke$/, times: 100 }, { status: 400, body });
  await application.close();
  expect(logged).toEqual([expect.stringMatching(/^The client could not be closed: BAD_REQUEST: .*Not now/)]);
});

test("what another error says is not repeated", async () => {
  const close = async ({ revokeToken }: CloseOptions = {}) => {
    throw new Error(`hunter2000 ${revokeToken}`);
  };
  const { application, logged } = await startLogging({
    imports: [InfisicalModule.forRoot({ client: { close } })],
  });
  await application.close();
  expect(logged).toEqual(["The client could not be closed: an unknown error. InfisicalModule"]);
});
