import { expect, test } from "vitest";
import { start } from "#test-kit";
import { withCallersStack } from "../src/authoring.ts";
import { isInfisicalError } from "../src/index.ts";
import { list } from "./calls.ts";

/** Runs a function that fails, and returns the stack of its error. */
async function stackOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (isInfisicalError(error)) return error.stack ?? "";
    throw error;
  }
  throw new Error("It did not fail.");
}

test("the stack of a failed call has the function that made it, after retries as well", async () => {
  const { server, client, location } = await start({ retry: { baseDelay: 1 } });
  server.fail({ method: "GET", times: 2 }, { status: 503 });
  server.fail({ method: "GET" }, { status: 403, body: { error: "PermissionDenied", message: "No" } });
  async function readTheConfiguration(): Promise<void> {
    await list(client, location);
  }
  const stack = await stackOf(readTheConfiguration);
  expect(stack).toMatch(/^InfisicalSDKRequestError: \[URL=/);
  expect(stack).toContain("readTheConfiguration");
  expect(stack).toContain("caller-stack.test.ts");
});

test("each of the calls that wait for one login has its own caller in the stack", async () => {
  const { server, client, location } = await start();
  server.fail({ path: /login/ }, { status: 401, body: { error: "UnauthorizedError", message: "No" } });
  async function firstCaller(): Promise<void> {
    await list(client, location);
  }
  async function secondCaller(): Promise<void> {
    await list(client, location);
  }
  async function thirdCaller(): Promise<void> {
    await client.auth().login();
  }
  const [first, second, third] = await Promise.all([firstCaller, secondCaller, thirdCaller].map(stackOf));
  expect(first).toContain("firstCaller");
  expect(second).toContain("secondCaller");
  expect(third).toContain("thirdCaller");
  expect(second).not.toContain("firstCaller");
  expect(server.requests.length).toBe(1);
});

test("an invalid option keeps the stack of where it was passed", async () => {
  const { client } = await start();
  function passesNonsense(): Promise<unknown> {
    return client.request({ method: "get" as never, path: "/api/status" });
  }
  expect(await stackOf(passesNonsense)).toContain("passesNonsense");
});

test("work whose errors come from callbacks gets the stack of whoever waits for it", async () => {
  const { server, client, location } = await start();
  server.fail({ method: "GET" }, { status: 403, body: { error: "PermissionDenied", message: "No" } });
  const throughCallbacks = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      list(client, location).then(resolve, reject);
    });
  async function asksThroughCallbacks(): Promise<void> {
    await withCallersStack(throughCallbacks);
  }
  expect(await stackOf(asksThroughCallbacks)).toContain("asksThroughCallbacks");
});

test("the stack of a revocation that fails has the function that closed the client", async () => {
  const { server, client, location } = await start({ retry: false });
  await list(client, location);
  server.fail({ path: /revoke/ }, { status: 500 });
  async function closesTheClient(): Promise<void> {
    await client.close({ revokeToken: true });
  }
  expect(await stackOf(closesTheClient)).toContain("closesTheClient");
});

test.each([
  ["froze", Object.freeze],
  ["sealed", Object.seal],
  ["closed to new fields", Object.preventExtensions],
])("an error that middleware %s keeps its stack", async (_, close) => {
  const { client, connect, location, server } = await start();
  server.fail({ method: "GET" }, { status: 403, body: { error: "PermissionDenied", message: "No" } });
  const failing = connect({
    middleware: [
      async (request, next) => {
        try {
          return await next(request);
        } catch (error) {
          throw close(error);
        }
      },
    ],
  });
  expect(await stackOf(() => list(failing, location))).toContain("InfisicalSDKRequestError");
  await client.close();
});
