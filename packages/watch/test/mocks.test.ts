import { expect, onTestFinished, test } from "vitest";
import { failureOf, withResolvers } from "#test-kit";
import { type WatchableClient, watchSecrets } from "../src/index.ts";

type List = (options: unknown, etag?: string) => Promise<unknown>;

/** Watches through a mock, which need not keep to what a client promises. */
function watchMock(listSecretsIfChanged: List) {
  const client = { secrets: () => ({ listSecretsIfChanged }) } as unknown as WatchableClient;
  const watcher = watchSecrets(client, { projectId: "p", environment: "dev", interval: "1h" });
  onTestFinished(() => watcher.close());
  return watcher;
}

const listOf = (etag: string, ...secrets: unknown[]) => ({ notModified: false, etag, secrets });

test("close ends a refresh whose poll never ends", async () => {
  const begun = withResolvers();
  const watcher = watchMock(() => {
    begun.resolve();
    return new Promise(() => undefined);
  });
  const refreshed = failureOf(watcher.refresh());
  await begun.promise;
  watcher.close();
  expect(await refreshed).toMatchObject({ code: "CLIENT_CLOSED" });
});

test("a refresh whose poll ends after close does not tell that there are no secrets", async () => {
  const begun = withResolvers();
  const answer = withResolvers<unknown>();
  const watcher = watchMock(() => {
    begun.resolve();
    return answer.promise;
  });
  const refreshed = failureOf(watcher.refresh());
  await begun.promise;
  watcher.close();
  answer.resolve(listOf('"1"', { secretKey: "A", secretValue: "1" }));
  expect(await refreshed).toMatchObject({ code: "CLIENT_CLOSED" });
});

test.each([
  ["has no secrets", { secrets: undefined }],
  ["has something else than a secret", { secrets: [null] }],
  ["has something else than an import", { imports: [null] }],
  ["has tags that are none", { secrets: [{ secretKey: "A", secretValue: "1", tags: [null] }] }],
])("a list that %s is not taken for the current one", async (_, broken) => {
  const first = listOf('"1"', { secretKey: "A", secretValue: "1" });
  const lists: Record<string, unknown> = {
    none: first,
    '"1"': { ...first, etag: '"2"', ...broken },
    '"2"': { notModified: true, etag: '"2"' },
  };
  const watcher = watchMock(async (_options, etag = "none") => lists[etag]);
  await watcher.refresh();
  expect(await failureOf(watcher.refresh())).toBeInstanceOf(TypeError);
  expect(await failureOf(watcher.refresh())).toBeInstanceOf(TypeError);
  expect(watcher.staleSince).toBeDefined();
});
