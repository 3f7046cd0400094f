import { expect, test } from "vitest";
import { fieldsOf, parseCallOptions, readOption, requireText } from "../src/authoring.ts";
import { createClient, tokenAuth } from "../src/index.ts";
import { kyTransport } from "../src/ky.ts";
import { nodeTransport } from "../src/node.ts";

const throwing = (name: string): object =>
  Object.defineProperty({}, name, {
    get: () => {
      throw new TypeError("thrown by a getter");
    },
    enumerable: true,
  });

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const invalid = { code: "INVALID_OPTION" };
const client = () => {
  const made = createClient({ transport: async () => ({ status: 200, headers: {}, body: "1" }) });
  made.auth().accessToken("a-token");
  return made;
};

test("an option whose getter throws is refused by its name", () => {
  const rules = { projectId: requireText, "owner?": fieldsOf({ name: requireText }) };
  const parse = (options: object) => () => parseCallOptions(options, rules);
  expect(parse(throwing("projectId"))).toThrow(/^projectId must be readable/);
  expect(parse({ projectId: "p", owner: throwing("name") })).toThrow(/^owner\.name must be readable/);
  expect(parse(throwing("other"))).toThrow(expect.objectContaining(invalid));
  expect(parse({ projectId: revoked() })).toThrow(/^projectId must be a non-empty string, got an object/);
  expect(parse(revoked())).toThrow(/^options must be readable/);
  expect(parse({ projectId: "half \ud800" })).toThrow(/^projectId must be well-formed Unicode/);
  expect(() => readOption("a", () => parseCallOptions({}, rules))).toThrow(/^projectId must be/);
});

test.each(["request", "close", "login"] as const)("%s refuses what cannot be read", async (method) => {
  const call = async (value: object): Promise<unknown> => {
    if (method === "login")
      return client()
        .auth()
        .login(value as never);
    return client()[method](value as never);
  };
  await expect(call(revoked())).rejects.toMatchObject(invalid);
  await expect(call(throwing(method === "close" ? "revokeToken" : "name"))).rejects.toMatchObject(invalid);
});

test.each([null, "a=b", [], new Map([["a", "b"]]), 5])("a query that is %j is refused", async (query) => {
  const request = { method: "GET", path: "/api/x", query } as never;
  await expect(client().request(request)).rejects.toThrow(/^query must be a plain object/);
});

test("a shape that is none is refused", async () => {
  const transport = async () => ({ status: 200, headers: {}, body: '{"a":{}}' });
  const made = createClient({ transport });
  made.auth().accessToken("a-token");
  for (const shape of [null, 5, "a", { a: null }, throwing("a"), revoked()]) {
    const request = { method: "GET", path: "/api/x", expect: shape } as never;
    await expect(made.request(request)).rejects.toThrow(/^expect must be/);
  }
});

test("options of a close that are unknown or no flags are refused, and the client goes on", async () => {
  const open = client();
  await expect(open.close({ revoketoken: true } as never)).rejects.toThrow(/did you mean revokeToken\?/);
  await expect(open.close({ revokeToken: "yes" } as never)).rejects.toThrow(/^revokeToken must be true or/);
  expect(await open.request({ method: "GET", path: "/api/x" })).toBe(1);
});

test.each([
  ["createClient", createClient, "siteUrl"],
  ["tokenAuth", tokenAuth, "token"],
  ["kyTransport", kyTransport, "fetch"],
  ["nodeTransport", nodeTransport, "agent"],
] as const)("%s refuses options that cannot be read", (_, make, option) => {
  for (const options of [revoked(), throwing(option)]) {
    expect(() => make(options as never)).toThrow(expect.objectContaining(invalid));
  }
});

test("a plugin whose setup is asynchronous is refused, and its rejection does not stay unhandled", () => {
  const setup = async (): Promise<never> => {
    throw new Error("rejected by a setup");
  };
  expect(() => createClient({ plugins: [{ name: "late", setup }] })).toThrow(
    /^plugins\[0\]\.setup must return/,
  );
});
