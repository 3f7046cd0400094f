import { expect, test } from "vitest";
import { failureOf, start } from "#test-kit";
import { list, listPath, tokensLasting } from "./calls.ts";

const timers = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;

test("between calls nothing waits: no timer keeps a process alive", async () => {
  const { server, client, location } = await start({ server: tokensLasting(100, 1000) });
  const before = timers();
  await list(client, location);
  server.clock.advance(96_000);
  await list(client, location);
  server.fail({ path: listPath }, { status: 404 });
  await failureOf(list(client, location));
  await expect.poll(timers).toBeLessThanOrEqual(before);
});
