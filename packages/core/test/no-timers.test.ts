import { expect, test } from "vitest";
import { clientOf, failureOf, inProject, list, listPath, startServerWithTokens } from "./support.ts";

const timers = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;

test("between calls nothing waits: no timer keeps a process alive", async () => {
  const { server, siteUrl } = await startServerWithTokens(100, 1000);
  const before = timers();
  const client = inProject(clientOf(server, siteUrl), server);
  await list(client);
  server.clock.advance(96_000);
  await list(client);
  server.fail({ path: listPath }, { status: 404 });
  await failureOf(list(client));
  await expect.poll(timers).toBeLessThanOrEqual(before);
});
