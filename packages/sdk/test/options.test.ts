import { expect, test } from "vitest";
import * as sdk from "../src/index.ts";

const { InfisicalSDK } = sdk;

test("an unknown option of the constructor is refused with the nearest name, fetch among them", () => {
  expect(() => new InfisicalSDK({ fetchh: fetch } as never)).toThrow("did you mean fetch?");
  expect(() => new InfisicalSDK({ siteURI: "x" } as never)).toThrow("did you mean siteUrl?");
  const other = () => new InfisicalSDK({ somethingElse: 1 } as never);
  expect(other).toThrow("the options are siteUrl, auth, plugins, middleware, transport, fetch, timeout");
});

test.each([
  ["a list", []],
  ["a date", new Date()],
  ["a map", new Map()],
  ["a promise", Promise.resolve({})],
  ["null", null],
  ["a function", () => ({})],
  ["a text", "https://app.infisical.com"],
])("the constructor refuses %s instead of options", (_, options) => {
  expect(() => new InfisicalSDK(options as never)).toThrow(/^options must be an? (?:plain )?object/);
});

test("an empty siteUrl is the default, as in the official SDK", async () => {
  const urls: string[] = [];
  const client = new InfisicalSDK({
    siteUrl: "",
    transport: async ({ url }) => {
      urls.push(url);
      return { status: 200, headers: {}, body: "{}" };
    },
  });
  client.auth().accessToken("a-token");
  await client.request({ method: "GET", path: "/api/status" });
  expect(urls).toEqual(["https://app.infisical.com/api/status"]);
});

const factories = {
  dynamicSecrets: sdk.dynamicSecrets,
  environments: sdk.environments,
  folders: sdk.folders,
  kms: sdk.kms,
  projects: sdk.projects,
  secretImports: sdk.secretImports,
  tags: sdk.tags,
};

test.each(Object.entries(factories))("%s() refuses options, since it has none", (_, factory) => {
  expect(() => factory({ apiVersion: "v4" } as never)).toThrow("apiVersion is not an option");
  expect(() => factory("v4" as never)).toThrow("options must be an empty object");
  expect(() => factory()).not.toThrow();
  expect(() => factory({})).not.toThrow();
});
