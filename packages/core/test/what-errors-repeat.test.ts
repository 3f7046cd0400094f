import { inspect } from "node:util";
import { expect, test } from "vitest";
import { failureOf } from "#test-kit";
import { optionError } from "../src/authoring.ts";
import { createClient, InfisicalSDKError, type Transport, tokenAuth } from "../src/index.ts";
import { kyTransport } from "../src/ky.ts";
import { nodeTransport } from "../src/node.ts";

const options: readonly (readonly [string, () => unknown])[] = [
  ["agent", () => nodeTransport({ agent: "http://u:hunter2@h" as never })],
  ["transport", () => createClient({ transport: "http://u:hunter2@h" as never })],
  ["ky", () => kyTransport({ ky: "http://u:hunter2@h" as never })],
  ["siteUrl", () => createClient({ siteUrl: "https://u:hunter2%40h h" })],
  ["siteUrl", () => createClient({ siteUrl: "https://u:hunter2@h h" })],
  ["timeout", () => createClient({ timeout: "u:hunter2@h" })],
  ["timeout", () => createClient({ timeout: "//u:hunter2pass@h" })],
  ["auth", () => createClient({ auth: "hunter2" as never })],
  ["plugins", () => createClient({ plugins: "hunter2" as never })],
  ["clock", () => createClient({ clock: "hunter2" as never })],
  ["headers", () => createClient({ headers: { [`x-hunter2${"a".repeat(30)}`]: "\n" } })],
];

test.each(options)("an error about %s does not repeat a password that it was given", (option, call) => {
  const error = (() => {
    try {
      call();
    } catch (thrown) {
      return thrown as InfisicalSDKError;
    }
  })();
  expect(error).toMatchObject({ code: "INVALID_OPTION", message: expect.stringMatching(`^${option}`) });
  expect(inspect(error)).not.toContain("hunter2");
});

const newClient = () => createClient({ auth: tokenAuth({ token: "some-token" }), transport: async () => ok });
const ok = { status: 200, headers: {}, body: "{}" };

test.each([
  { path: "/api/x?token=hunter2" },
  { path: "/api/x", query: "token=hunter2" },
  { path: "/api/x", querry: { a: 1 } },
  { path: "/api/x", Body: {} },
  { path: "/api/x", retry: 1 },
])(
  "a request with %o is refused before anything is sent, and its error repeats no query",
  async (request) => {
    const error = await failureOf(newClient().request({ method: "GET", ...request } as never));
    expect(error).toMatchObject({ code: "INVALID_OPTION" });
    expect(error.message).not.toContain("hunter2");
  },
);

test("an unknown field of a request that is undefined counts as absent", async () => {
  const request = { method: "GET", path: "/api/x", querry: undefined } as never;
  await expect(newClient().request(request)).resolves.toEqual({});
});

test("a request's misspelt field is named with the one that is meant", async () => {
  const request = { method: "GET", path: "/api/x", querry: {} } as never;
  const { message } = await failureOf(newClient().request(request));
  expect(message).toBe("request.querry is not an option; did you mean request.query?");
});

test.each([
  [{ maxSocket: 1 }, "maxSocket is not an option; did you mean maxSockets?"],
  [{ CA: "x" }, "CA is not an option; did you mean ca?"],
  [{ rejectUnauthorized: false }, "rejectUnauthorized is not an option; the options are agent, ca,"],
])("a transport with %o is refused", (given, message) => {
  expect(() => nodeTransport(given as never)).toThrow(message);
  expect(() => kyTransport({ Fetch: fetch } as never)).toThrow("Fetch is not an option; did you mean fetch?");
});

test("an error and a warning are one line of limited length, whatever they are about", () => {
  const name = `a\nb\u001b[2Jc\u202ed${"e".repeat(50_000)}`;
  const error = new InfisicalSDKError(`No secret is named ${name}.`, { code: "NOT_FOUND" });
  expect(error.message).toMatch(/^No secret is named a bc d?e+…$/u);
  expect(error.message.length).toBeLessThan(4100);
  expect(optionError(name, "is not an option").message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test.each(["accessToken", "tokenAuth", "strategy"] as const)(
  "a token that the client holds is not shown by other requests' errors: %s",
  async (way) => {
    const token = "tok-HELD-0123456789abcdef";
    const transport: Transport = async (request) =>
      request.headers["authorization"]?.includes(token)
        ? ok
        : { status: 400, headers: {}, body: refusal(`session ${token} of this address is over`) };
    const strategy = { name: "own", login: async () => ({ accessToken: token }) };
    const auth = { accessToken: undefined, tokenAuth: tokenAuth({ token }), strategy }[way];
    const holder = createClient({ auth, transport, retry: false });
    if (way === "accessToken") holder.auth().accessToken(token);
    await holder.request({ method: "GET", path: "/api/x" });
    const refused = {
      name: "other",
      login: ({ http }: { http: { request: typeof holder.request } }) =>
        http.request<never>({ method: "POST", path: "/api/v1/auth/other/login" }),
    };
    const error = await failureOf(holder.auth().login(refused));
    expect(error.message).toContain("session [redacted] of this address is over");
  },
);

function refusal(message: string): string {
  return JSON.stringify({ statusCode: 400, error: "BadRequest", message });
}
