import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Transport, TransportRequest } from "@infisical/core";
import { nodeTransport } from "@infisical/core/node";
import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf, startAnswering } from "#test-kit";
import { vercel } from "../src/vercel.ts";
import {
  contextOf,
  emptyEnvironment,
  type Failure,
  failureWithout,
  setVariables,
  silent,
  startIssuer,
} from "./source-kit.ts";
import { variableCases } from "./variable-cases.ts";

emptyEnvironment();

variableCases("VERCEL_OIDC_TOKEN", () => vercel(), "On a developer's machine, run `vercel env pull` again.");

/** Does what Vercel does around a request. */
function enterRequest(headers: unknown): void {
  const symbol = Symbol.for("@vercel/request-context");
  const holder = { current: { headers }, get: () => holder.current };
  Object.assign(globalThis, { [symbol]: holder });
  onTestFinished(() => void delete (globalThis as Record<symbol, unknown>)[symbol]);
}

test("inside a request, its header is used, before file and variable", async () => {
  const { issuer, logIn } = await startIssuer();
  const token = await issuer.issueToken({ sub: "owner:acme:project:app:environment:production" });
  setVariables({ VERCEL_OIDC_TOKEN_FILE: "/nowhere", VERCEL_OIDC_TOKEN: "hunter2" });
  enterRequest({ "x-vercel-oidc-token": token });
  expect(await vercel()(contextOf({ transport: silent }))).toBe(token);
  await logIn(vercel());
});

test("each request has its own token, which is never kept", async () => {
  const { issuer } = await startIssuer();
  const source = vercel();
  for (const sub of ["one", "two"]) {
    const token = await issuer.issueToken({ sub });
    enterRequest({ "x-vercel-oidc-token": token });
    expect(await source(contextOf())).toBe(token);
  }
});

test("a header that is not a JWT is refused, and not shown", async () => {
  enterRequest({ "x-vercel-oidc-token": "hunter2" });
  expect(await failureWithout(["hunter2"], vercel())).toMatchObject({
    code: "AUTH_FAILED",
    message:
      "The header x-vercel-oidc-token of the request contains other text instead of a JWT (three parts of " +
      "base64url with dots in between).",
  });
});

test("a token file comes before the variable, and is read again", async () => {
  const { issuer } = await startIssuer();
  const folder = mkdtempSync(join(tmpdir(), "infisical-vercel-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "token");
  setVariables({ VERCEL_OIDC_TOKEN_FILE: path, VERCEL_OIDC_TOKEN: "hunter2" });
  enterRequest({});
  const source = vercel();
  for (const sub of ["one", "two"]) {
    const token = await issuer.issueToken({ sub });
    writeFileSync(path, `${token}\n`);
    expect(await source(contextOf())).toBe(token);
  }
});

test("a token file that does not exist is named with its variable", async () => {
  setVariables({ VERCEL_OIDC_TOKEN_FILE: "/nowhere/token" });
  expect(await failureWithout([], vercel())).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message:
      "The token file /nowhere/token of VERCEL_OIDC_TOKEN_FILE does not exist: check the path, and that its writer has started.",
  });
});

const cure =
  "a function has the token only inside a request: log in there, not while modules load; and the project needs Secure " +
  "Backend Access with OIDC Federation in its settings.";
const missing =
  "No request of Vercel is being answered, and neither VERCEL_OIDC_TOKEN_FILE nor VERCEL_OIDC_TOKEN is set.";

test("outside of a request, the error says that logins must happen inside one", async () => {
  setVariables({ VERCEL: "1" });
  expect(await failureWithout([], vercel())).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message: `${missing} Here, ${cure}`,
  });
});

test("outside of Vercel, the error says how a developer gets a token", async () => {
  expect(await failureWithout([], vercel({ audience: "x" }))).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message:
      `${missing} This does not look like a deployment of Vercel; on a developer's machine, run \`vercel env pull\`. On ` +
      `Vercel, ${cure}`,
  });
});

test.each([undefined, {}, { get: 7 }, { get: () => undefined }, { get: () => ({ headers: null }) }])(
  "a context without a token (%j) is as good as none",
  async (holder) => {
    const symbol = Symbol.for("@vercel/request-context");
    Object.assign(globalThis, { [symbol]: holder });
    onTestFinished(() => void delete (globalThis as Record<symbol, unknown>)[symbol]);
    expect((await failureWithout([], vercel())).code).toBe("TOKEN_UNAVAILABLE");
  },
);

/** A request inside which the exchange for another audience is answered, over a socket. */
async function startExchange(answer: Parameters<typeof startAnswering>[0]) {
  const { issuer, logIn } = await startIssuer();
  const token = await issuer.issueToken({ sub: "of the request" });
  enterRequest({ "x-vercel-oidc-token": token });
  const { siteUrl, requests } = await startAnswering(answer);
  const seen: TransportRequest[] = [];
  const send = nodeTransport();
  /** Vercel's address is fixed, so it leads to the socket here. */
  const transport: Transport = (request) => {
    seen.push(request);
    return send({ ...request, url: request.url.replace("https://oidc.vercel.com", siteUrl) });
  };
  return { issuer, logIn, token, requests, seen, context: contextOf({ transport }) };
}

const source = vercel({ audience: "https://infisical.test" });

test("for another audience, Vercel exchanges the token, at every login", async () => {
  let exchanged = "";
  const { issuer, token, seen, context } = await startExchange(() => ({ body: { token: exchanged } }));
  for (const sub of ["one", "two"]) {
    exchanged = await issuer.issueToken({ aud: "https://infisical.test", sub });
    expect(await source(context)).toBe(exchanged);
  }
  expect(seen).toHaveLength(2);
  expect(seen[0]).toMatchObject({
    method: "POST",
    url: "https://oidc.vercel.com/~token",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ token, aud: "https://infisical.test" }),
  });
});

test("a refused exchange shows Vercel's reason, and no token", async () => {
  const { token, context, requests } = await startExchange(({ body }) => ({
    status: 400,
    body: { error: `invalid audience in ${body}` },
  }));
  const failure = await failureWithout([token], source, context);
  expect(failure.code).toBe("AUTH_FAILED");
  expect(failure.message).toMatch(
    /^Vercel's token exchange refused with status 400: invalid audience in .*\. Vercel exchanges only tokens that it has issued and that have not expired\.$/,
  );
  expect(requests).toHaveLength(1);
});

test("an exchange that fails for the moment is tried again", async () => {
  const { context, requests } = await startExchange((_, count) =>
    count < 3 ? { status: 503, body: "" } : { body: { token: "eyJh.eyJh.eyJh" } },
  );
  expect(await source(context)).toBe("eyJh.eyJh.eyJh");
  expect(requests).toHaveLength(3);
});

test("an exchange that answers something else says what", async () => {
  const { token, context } = await startExchange(() => ({ body: { expiry: 7 } }));
  const failure = await failureWithout([token], source, context);
  expect(failure.message).toContain('has no token in "token": it contains JSON.');
});

test("an exchange can take 3000 ms for each attempt", async () => {
  const { token, context, requests } = await startExchange(() => "silence");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  let failure: Failure | undefined;
  const failed = failureWithout([token], source, context).then((error) => {
    failure = error;
  });
  for (const attempt of [1, 2, 3]) {
    while (requests.length < attempt) await new Promise((turn) => setImmediate(turn));
    await vi.advanceTimersByTimeAsync(2999);
    expect(failure).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
  }
  await failed;
  expect(failure).toMatchObject({
    code: "TIMEOUT",
    message:
      "Vercel's token exchange took longer than 3000 ms. By default, platforms are asked directly: behind " +
      "a proxy, pass the client a `transport` that uses it.",
  });
});

test("an exchange ends with the signal's own reason", async () => {
  const { context, requests } = await startExchange(() => "silence");
  const controller = new AbortController();
  const failure = failureOf(Promise.resolve(source({ ...context, signal: controller.signal })));
  await expect.poll(() => requests.length).toBe(1);
  const reason = new Error("switched");
  controller.abort(reason);
  expect(await failure).toBe(reason);
});

test("an unknown option is refused when the source is created", () => {
  expect(() => vercel({ aud: "x" } as never)).toThrow("aud is not an option");
});

test("the file's path is trimmed, and white space alone is not a path", async () => {
  const folder = mkdtempSync(join(tmpdir(), "infisical-vercel-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [path, token] = [join(folder, "token"), "eyJhbGciOiJub25lIn0.e30.c2ln"];
  writeFileSync(path, token);
  setVariables({ VERCEL_OIDC_TOKEN_FILE: `${path}\n` });
  expect(await vercel()(contextOf())).toBe(token);
  setVariables({ VERCEL_OIDC_TOKEN_FILE: " ", VERCEL_OIDC_TOKEN: token });
  expect(await vercel()(contextOf())).toBe(token);
});
