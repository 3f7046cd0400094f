import { createTestServer } from "@infisical/test-server";
import { expect, onTestFinished, test } from "vitest";
import { contextOf } from "../../core/src/authoring.ts";
import { watchSecrets } from "../../watch/src/index.ts";
import { InfisicalSDK } from "../src/index.ts";

test("functions that take a client find its clock and its end in an InfisicalSDK", async () => {
  const server = createTestServer({ eventStream: "current" });
  const sdk = new InfisicalSDK({ transport: server.transport, clock: server.clock });
  expect(contextOf(sdk)?.clock).toBe(server.clock);
  await sdk.auth().universalAuth.login(server.credentials());
  const watcher = watchSecrets(sdk, { projectId: server.projectId(), environment: "dev", stream: true });
  onTestFinished(() => watcher.close());
  const state = await new Promise((resolve) => {
    watcher.addEventListener("stream", (event) => resolve(event.state));
  });
  expect(state).toBe("open");
  const ended = new Promise((resolve) => {
    watcher.addEventListener("end", ({ reason }) => resolve(reason));
  });
  await sdk.close();
  expect(await ended).toMatchObject({ code: "CLIENT_CLOSED" });
});
