import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestFly } from "@infisical/test-server/clouds";
import { expect, onTestFinished, test, vi } from "vitest";
import { flyIo } from "../src/fly.ts";
import { requestCases } from "./request-cases.ts";
import { claimsOf, contextOf, failureWithout, setVariables, silent, startIssuer } from "./source-kit.ts";

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "infisical-fly-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

requestCases(
  async (options) => {
    const standIn = createTestFly(options);
    const { socketPath, variables } = await standIn.listen({ socketPath: join(newFolder(), "api") });
    setVariables(variables);
    return { standIn, source: flyIo({ socketPath }), credentials: [] };
  },
  { name: "Fly's Machines API" },
);

async function startMachine() {
  const { issuer } = await startIssuer();
  const standIn = createTestFly({ issuer });
  const { socketPath, variables } = await standIn.listen({ socketPath: join(newFolder(), "api") });
  setVariables(variables);
  onTestFinished(() => standIn.close());
  return { standIn, socketPath };
}

test("the token is requested over the Unix socket, never by the client's transport", async () => {
  const { standIn, socketPath } = await startMachine();
  const source = flyIo({ audience: "https://infisical.test/ü", socketPath });
  expect(claimsOf(await source(contextOf({ transport: silent })))["aud"]).toBe("https://infisical.test/ü");
  expect(standIn.requests[0]).toMatchObject({
    method: "POST",
    path: "/v1/tokens/oidc",
    body: { aud: "https://infisical.test/ü" },
    headers: { host: "localhost", "content-type": "application/json" },
  });
});

test("a token logs a client in although its clock is an hour off", async () => {
  const { issuer, logIn } = await startIssuer();
  const standIn = createTestFly({ issuer });
  const { socketPath, variables } = await standIn.listen({ socketPath: join(newFolder(), "api") });
  setVariables(variables);
  onTestFinished(() => standIn.close());
  for (const hours of [-1, 1]) await logIn(flyIo({ socketPath }), { hours });
});

test("without an audience, Fly's own is used: the URL of the organization", async () => {
  const { standIn, socketPath } = await startMachine();
  expect(claimsOf(await flyIo({ socketPath })(contextOf()))["aud"]).toBe("https://fly.io/acme");
  expect(standIn.requests[0]?.body).toEqual({});
});

test("one of the Machine's variables is enough", async () => {
  const { socketPath } = await startMachine();
  setVariables({ FLY_MACHINE_ID: undefined });
  expect(await flyIo({ socketPath })(contextOf())).toMatch(/^eyJ/);
  setVariables({ FLY_MACHINE_ID: "m", FLY_APP_NAME: undefined });
  expect(await flyIo({ socketPath })(contextOf())).toMatch(/^eyJ/);
});

test("without the Machine's variables, the source does not apply", async () => {
  const { socketPath } = await startMachine();
  setVariables({ FLY_MACHINE_ID: undefined, FLY_APP_NAME: undefined });
  expect(await failureWithout([], flyIo({ socketPath }))).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message: "Neither FLY_MACHINE_ID nor FLY_APP_NAME is set: this program does not run in a Fly Machine.",
  });
});

test("without the socket, the source does not apply, and says so at once", async () => {
  setVariables({ FLY_APP_NAME: "app" });
  const context = contextOf();
  expect(await failureWithout([], flyIo(), context)).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message: "There is no socket at /.fly/api, over which Fly Machines request tokens.",
  });
  expect(context.clock.waits).toEqual([]);
});

test("a file instead of the socket cannot be reached", async () => {
  setVariables({ FLY_APP_NAME: "app" });
  const socketPath = join(newFolder(), "api");
  writeFileSync(socketPath, "");
  const failure = await failureWithout([], flyIo({ socketPath }));
  expect(failure.code).toBe("UNREACHABLE");
  expect(failure.message).toMatch(
    /^Fly's Machines API cannot be reached: connecting to .* failed \(\w+\)\. Its socket /,
  );
});

test("a response that is far too long for a token is not read to its end", async () => {
  setVariables({ FLY_APP_NAME: "app" });
  const socketPath = join(newFolder(), "api");
  const server = createServer((_, outgoing) => void outgoing.end("x".repeat(1_000_000)));
  await new Promise<void>((listening) => server.listen(socketPath, listening));
  onTestFinished(() => void server.close());
  const failure = await failureWithout([], flyIo({ socketPath }));
  expect(failure.message).toMatch(
    /^Fly's Machines API cannot be reached: the response is too long for a token\./,
  );
});

test("a platform without node:http says so", async () => {
  setVariables({ FLY_APP_NAME: "app" });
  vi.spyOn(process, "getBuiltinModule").mockReturnValue({} as never);
  const failure = await failureWithout([], flyIo()).finally(() => vi.restoreAllMocks());
  expect(failure).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message: "This platform has no Unix sockets, so /.fly/api cannot be used.",
  });
});

test.each<[unknown, string]>([
  [{ socketPath: "" }, "socketPath must be a non-empty string"],
  [{ socket: "/x" }, "socket is not an option"],
])("%j is refused when the source is created", (options, rule) => {
  expect(() => flyIo(options as never)).toThrow(rule);
});
