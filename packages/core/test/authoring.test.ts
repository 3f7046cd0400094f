import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { failureOf } from "#test-kit";
import {
  abortable,
  createClientFor,
  defineStrategy,
  folderPath,
  readVariable,
  requireText,
  warn,
} from "../src/authoring.ts";
import { createClient, type LoginContext, type Transport } from "../src/index.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Logs in through a transport that notes what is sent. */
async function loginOf(strategy: ReturnType<typeof defineStrategy>) {
  const sent: unknown[] = [];
  const transport: Transport = async ({ method, url, body = "" }) => {
    sent.push([method, new URL(url).pathname, JSON.parse(body)]);
    return { status: 200, headers: {}, body: '{"accessToken":"t"}' };
  };
  const client = createClient({ transport, auth: strategy });
  await client.auth().login();
  await client.auth().login();
  return sent;
}

test("a strategy posts its proof, made anew for every login, with identity and organization", async () => {
  let proofs = 0;
  const options = { identityId: " an-id ", organizationSlug: "team-a" };
  const sent = await loginOf(
    defineStrategy("ldap-auth", options, () => {
      proofs += 1;
      return { password: `proof-${proofs}` };
    }),
  );
  const path = "/api/v1/auth/ldap-auth/login";
  const who = { identityId: "an-id", organizationSlug: "team-a" };
  expect(sent).toEqual([
    ["POST", path, { ...who, password: "proof-1" }],
    ["POST", path, { ...who, password: "proof-2" }],
  ]);
});

test("a strategy without an identity id sends none", async () => {
  const [first] = await loginOf(defineStrategy("universal-auth", {}, async () => ({ clientId: "c" })));
  expect(first).toEqual(["POST", "/api/v1/auth/universal-auth/login", { clientId: "c" }]);
});

test.each([
  [{ identityId: "" }, "identityId must be a non-empty string"],
  [{ identityId: undefined }, "identityId must be a non-empty string"],
  [{ organizationSlug: "Team A" }, "organizationSlug must be 1 to 32 lower-case letters"],
])("a strategy with %j is refused when it is made", (options, message) => {
  expect(() => defineStrategy("x", options, () => ({}))).toThrow(message);
});

test("a proof is given the context of the login, its signal among it, and its error comes through", async () => {
  const contexts: LoginContext[] = [];
  const failure = new Error("no proof here");
  const strategy = defineStrategy("x", {}, (context) => {
    contexts.push(context);
    throw failure;
  });
  expect(await failureOf(createClient({ auth: strategy }).auth().login())).toBe(failure);
  expect(contexts[0]?.signal).toBeInstanceOf(AbortSignal);
  expect(contexts[0]?.transport).toBeTypeOf("function");
});

test.each([
  ["app", "/app"],
  ["/app/db", "/app/db"],
  [" /app ", "/app"],
  ["/", "/"],
  ["/a.b/..c", "/a.b/..c"],
])("the folder path %j means %j", (given, meant) => {
  expect(folderPath("path", given)).toBe(meant);
});

test.each(["", "  ", "//app", "/app//db", "/app/../db", "..", "/.", 7, null, undefined])(
  "the folder path %j is refused by name",
  (path) => {
    expect(() => folderPath("secretPath", path)).toThrow(/^secretPath must/);
  },
);

test("a text is required by name, and one that may be a credential is not repeated", () => {
  expect(requireText("name", "x")).toBe("x");
  expect(() => requireText("name", "  ")).toThrow('name must be a non-empty string, got "  ".');
  expect(() => requireText("secret", 123456, "SECRET")).toThrow(
    "secret must be a non-empty string (usually from the variable SECRET).",
  );
});

test("a variable that is empty counts as not set", () => {
  vi.stubEnv("INFISICAL_TEST_VARIABLE", "");
  expect(readVariable("INFISICAL_TEST_VARIABLE")).toBeUndefined();
  vi.stubEnv("INFISICAL_TEST_VARIABLE", "x");
  expect(readVariable("INFISICAL_TEST_VARIABLE")).toBe("x");
  vi.stubEnv("INFISICAL_TEST_VARIABLE", " x\n");
  expect(readVariable("INFISICAL_TEST_VARIABLE")).toBe("x");
  vi.stubEnv("INFISICAL_TEST_VARIABLE", " \n");
  expect(readVariable("INFISICAL_TEST_VARIABLE")).toBeUndefined();
  const polluted = Object.prototype as Record<string, unknown>;
  polluted["INFISICAL_INHERITED"] = "x";
  onTestFinished(() => void Reflect.deleteProperty(polluted, "INFISICAL_INHERITED"));
  expect(readVariable("INFISICAL_INHERITED")).toBeUndefined();
  vi.stubEnv("INFISICAL_INHERITED", "own");
  expect(readVariable("INFISICAL_INHERITED")).toBe("own");
});

test("a wait for shared work ends with the signal's reason, and leaves no listener behind", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const removed = vi.spyOn(signal, "removeEventListener");
  expect(await abortable(Promise.resolve("done"), signal)).toBe("done");
  await new Promise((turn) => setImmediate(turn));
  expect(removed).toHaveBeenCalledTimes(1);
  const wait = abortable(new Promise(() => undefined), signal);
  controller.abort("enough");
  await expect(wait).rejects.toBe("enough");
  await expect(abortable(new Promise(() => undefined), signal)).rejects.toBe("enough");
});

test("a warning has a type and a code", () => {
  const emit = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  warn("SOME_CODE", "some text");
  expect(emit).toHaveBeenCalledWith("some text", { type: "InfisicalWarning", code: "SOME_CODE" });
});

test("the session of a client that an object wraps returns that object", async () => {
  const owner = {};
  const transport: Transport = async () => ({ status: 200, headers: {}, body: '{"accessToken":"t"}' });
  const auth = createClientFor(() => owner, { transport }).auth();
  expect(await auth.login(defineStrategy("ldap-auth", {}, () => ({ password: "p" })))).toBe(owner);
  expect(await auth.renew()).toBe(owner);
  expect(auth.accessToken("another-token")).toBe(owner);
});
