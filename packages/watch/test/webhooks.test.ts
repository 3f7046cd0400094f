import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { failureOf, printed } from "#test-kit";
import { type VerifyWebhookOptions, verifyWebhook } from "../src/index.ts";

const secret = "the-secret-of-the-webhook";
const now = Date.parse("2026-11-26T12:00:00Z");
const clock = { now: () => now };
const project = {
  workspaceId: "w",
  projectName: "Shop",
  environment: "dev",
  secretPath: "/",
  later: { a: 1 },
};

function signed(payload: unknown, { key = secret, time = now }: { key?: string; time?: number } = {}) {
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  return { body, signature: `t=${time};${createHmac("sha256", key).update(body).digest("hex")}` };
}

const payload = { event: "secrets.modified", project, timestamp: now, more: true };
const right = signed(payload);
const verify = (options: Partial<Record<keyof VerifyWebhookOptions, unknown>> = {}) =>
  verifyWebhook({ ...right, secret, clock, ...options } as VerifyWebhookOptions);

test.each([
  ["text", right.body],
  ["a Buffer", Buffer.from(right.body)],
  ["bytes within a larger buffer", new TextEncoder().encode(`--${right.body}`).subarray(2)],
])("%s of a webhook is returned with all its fields", async (_, body) => {
  expect(await verify({ body })).toEqual(payload);
});

test("events that this version does not know pass through", async () => {
  const other = { ...payload, event: "secrets.exploded" };
  expect(await verify(signed(other))).toEqual(other);
});

test("a list of one header, in capitals or with spaces around it, is as good", async () => {
  expect(await verify({ signature: [right.signature] })).toEqual(payload);
  const [time = "", hex = ""] = right.signature.split(";");
  expect(await verify({ signature: ` ${time};${hex.toUpperCase()} ` })).toEqual(payload);
});

test("each of several secrets is accepted, no other", async () => {
  expect(await verify({ secret: ["the-new-one", secret] })).toEqual(payload);
  expect(await failureOf(verify({ secret: ["the-new-one", "another"] }))).toMatchObject({
    code: "WEBHOOK_REFUSED",
  });
});

test.each([0, 299_999, 300_000, -300_000])("a webhook of %i ms ago is accepted by default", async (age) => {
  expect(await verify({ clock: { now: () => now + age } })).toEqual(payload);
});

const hex = right.signature.split(";")[1] ?? "";
test.each<[string, Partial<Record<keyof VerifyWebhookOptions, unknown>>, RegExp]>([
  ["no header", { signature: undefined }, /has no header/],
  ["a null header", { signature: null }, /has no header/],
  ["an empty header", { signature: "" }, /form t=/],
  ["a header without a time", { signature: hex }, /form t=/],
  ["a short signature", { signature: right.signature.slice(0, -2) }, /form t=/],
  ["a long signature", { signature: `${right.signature}00` }, /form t=/],
  ["two signatures", { signature: `${right.signature}, ${right.signature}` }, /form t=/],
  ["a negative time", { signature: `t=-1;${hex}` }, /form t=/],
  ["another signature", { signature: `t=${now};${"0".repeat(64)}` }, /signature is not/],
  ["another secret", signed(payload, { key: "another" }), /signature is not/],
  ["a body that was changed", { body: right.body.replace("dev", "prod") }, /signature is not/],
  ["a body that was written again", { body: `${right.body}\n` }, /signature is not/],
  ["another time in the header", { signature: `t=${now + 1};${hex}` }, /another time/],
  ["a webhook that is too old", { clock: { now: () => now + 300_001 } }, /too old: 300001 ms/],
  ["a webhook from the future", { clock: { now: () => now - 300_001 } }, /from the future/],
  ["one beyond a shorter tolerance", { clock: { now: () => now + 1001 }, tolerance: "1s" }, /too old/],
  ["a clock that does not know", { clock: { now: () => Number.NaN } }, /tolerance/],
  ["a body that is not JSON", signed("the-body"), /not that of a webhook/],
  ["a body of another form", signed({ event: "x", timestamp: now }), /not that of a webhook/],
  ["null", signed("null"), /not that of a webhook/],
  ["a body with a text as its time", signed({ ...payload, timestamp: String(now) }), /not that of a webhook/],
])("%s is refused", async (_, options, message) => {
  const error = await failureOf(verify(options));
  expect(error).toMatchObject({ code: "WEBHOOK_REFUSED", message: expect.stringMatching(message) });
  expect(printed(error)).not.toMatch(new RegExp(`${secret}|${hex}|Shop|the-body`));
});

test.each<[Partial<Record<keyof VerifyWebhookOptions, unknown>>, RegExp]>([
  [{ body: payload }, /^body must be the text or the bytes.*express\.raw\(\).*got an object\.$/],
  [{ body: undefined }, /^body must/],
  [{ body: new Blob() }, /^body must/],
  [{ signature: 1 }, /^signature must/],
  [{ signature: [right.signature, right.signature] }, /^signature must/],
  [{ secret: "" }, /^secret must.*empty/],
  [{ secret: " " }, /^secret must/],
  [{ secret: [] }, /^secret must/],
  [{ secret: [secret, ""] }, /^secret must/],
  [{ secret: undefined }, /^secret must/],
  [{ tolerance: "soon" }, /^tolerance must/],
  [{ tolerance: -1 }, /^tolerance must/],
  [{ clock: {} }, /^clock must/],
  [{ tolerence: 1 } as object, /did you mean tolerance/],
])("wrong use is told by name: %#", async (options, message) => {
  const error = await failureOf(verify(options));
  expect(error).toMatchObject({ code: "INVALID_OPTION", message: expect.stringMatching(message) });
  expect(printed(error)).not.toMatch(new RegExp(`${secret}|${hex}`));
});

test("bytes that are changed while they are checked are not what is returned", async () => {
  const body = Buffer.from(right.body);
  const verified = verify({ body });
  body.fill(32);
  expect(await verified).toEqual(payload);
});

test("a body with __proto__ changes no object", async () => {
  const evil = right.body.replace("{", '{"__proto__":{"polluted":true},');
  expect(await verify(signed(evil))).toMatchObject({ event: "secrets.modified" });
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});
