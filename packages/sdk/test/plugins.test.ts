import { definePlugin, type SecretsApi } from "@infisical/sdk";
import { expect, expectTypeOf, test } from "vitest";
import { InfisicalSDK } from "../src/index.ts";

const answering = (body: unknown) => async () => ({
  status: 200,
  headers: {},
  body: JSON.stringify(body),
});

/** A resource that is not one of Infisical's SDK. */
const auditLogs = () =>
  definePlugin("auditLogs", ({ http }) => ({
    list: () => http.request<{ auditLogs: string[] }>({ method: "GET", path: "/api/v1/audit-logs" }),
  }));

test("a plugin has an accessor, typed, with the client's session", async () => {
  const urls: string[] = [];
  const client = new InfisicalSDK({
    siteUrl: "https://vault.example",
    transport: async ({ url, headers }) => {
      urls.push(`${url} ${headers["authorization"]}`);
      return { status: 200, headers: {}, body: `{"auditLogs":["created"]}` };
    },
    plugins: [auditLogs()],
  });
  client.auth().accessToken("a-token");
  const found = await client.auditLogs().list();
  expectTypeOf(found).toEqualTypeOf<{ auditLogs: string[] }>();
  expectTypeOf(client.secrets()).toEqualTypeOf<SecretsApi>();
  expect(found).toEqual({ auditLogs: ["created"] });
  expect(urls).toEqual(["https://vault.example/api/v1/audit-logs Bearer a-token"]);
  expect(client.auditLogs()).toBe(client.auditLogs());
});

test("what a login returns has the plugin's accessor", async () => {
  const client = new InfisicalSDK({ plugins: [auditLogs()] });
  const same = client.auth().accessToken("a-token");
  expectTypeOf(same.auditLogs).toEqualTypeOf(client.auditLogs);
  expect(same).toBe(client);
});

test("a client from the environment has plugins, too", async () => {
  const client = InfisicalSDK.fromEnvironment({
    environment: { INFISICAL_TOKEN: "a-token" },
    transport: answering({ auditLogs: [] }),
    plugins: [auditLogs()],
  });
  expect(await client.auditLogs().list()).toEqual({ auditLogs: [] });
  expect(client).toBeInstanceOf(InfisicalSDK);
});

test("a class that extends the SDK has its methods, and passes plugins on", () => {
  class Vault extends InfisicalSDK {
    names(): string[] {
      return Object.keys(this);
    }
  }
  const vault = new Vault({ plugins: [auditLogs()] });
  expect(vault.names()).toContain("auditLogs");
  expectTypeOf(vault.secrets()).toEqualTypeOf<SecretsApi>();
});

test("without plugins, a client has no other accessor", () => {
  const client = new InfisicalSDK();
  // @ts-expect-error: an unknown accessor.
  expect(client.auditLogs).toBeUndefined();
  expect(new InfisicalSDK({ plugins: [] })).toBeInstanceOf(InfisicalSDK);
});

test("the plugin of certificates can be passed, since a bundler cannot follow the one that is built in", () => {
  const own = definePlugin("certificates", () => ({ own: true }));
  const client = new InfisicalSDK({ plugins: [own] });
  expect(client.certificates()).toEqual({ own: true });
  expect(() => new InfisicalSDK({ plugins: [own, own] })).toThrow("plugins[1].name must be unique");
});

test.each([
  ["secrets", 'plugins[1].name must not be that of a resource which InfisicalSDK has, got "secrets"'],
  ["kms", 'plugins[1].name must not be that of a resource which InfisicalSDK has, got "kms"'],
  ["auth", 'plugins[1].name must not be a name that every client has, got "auth"'],
  ["auditLogs", 'plugins[1].name must be unique, got "auditLogs"'],
])("a plugin with the name %s is refused", (name, message) => {
  const plugins = [auditLogs(), definePlugin(name, () => ({}))];
  expect(() => new InfisicalSDK({ plugins })).toThrow(message);
});

test.each([
  ["an object", {}, "plugins must be an array such as [secrets()], got an object"],
  ["a text", "secrets", "plugins must be an array such as [secrets()], got a string"],
  ["a function in the list", [auditLogs], "plugins[0] must be a plugin"],
  ["nothing in the list", [undefined], "plugins[0] must be a plugin"],
])("plugins must not be %s", (_, plugins, message) => {
  expect(() => new InfisicalSDK({ plugins: plugins as never })).toThrow(message);
});
