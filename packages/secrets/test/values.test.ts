import { expect, expectTypeOf, test } from "vitest";
import { failureOf } from "#test-kit";
import { startSecrets, versions } from "./start-secrets.ts";

const shop = {
  folders: { dev: ["/shared"] },
  secrets: {
    dev: {
      "/": { URL: "postgres://db", EMPTY: "", LOST: "${NO}" },
      "/shared": { LEVEL: "info", URL: "other" },
    },
  },
  imports: [{ environment: "dev", import: { environment: "dev", path: "/shared" } }],
};

test.each(versions)("values come by name, typed by the names ($apiVersion)", async ({ apiVersion }) => {
  const { api, location } = await startSecrets(shop, apiVersion);
  const values = await api.getValues({ ...location, secretNames: ["URL", "EMPTY"] });
  expectTypeOf(values).toEqualTypeOf<{ readonly URL: string; readonly EMPTY: string }>();
  expect(values).toEqual({ URL: "postgres://db", EMPTY: "" });
});

test("all names that are missing are told, each once, and where", async () => {
  const { api, location } = await startSecrets(shop);
  const secretNames = ["URL", "TOKEN", "LEVEL", "TOKEN"];
  const error = await failureOf(api.getValues({ ...location, secretNames }));
  expect(error).toMatchObject({
    code: "NOT_FOUND",
    message: "Missing in environment dev, folder /: TOKEN, LEVEL.",
  });
});

test("with includeImports, imported secrets are found, and own ones count before them", async () => {
  const { api, location } = await startSecrets(shop);
  const options = { ...location, secretNames: ["URL", "LEVEL"], includeImports: true } as const;
  expect(await api.getValues(options)).toEqual({ URL: "postgres://db", LEVEL: "info" });
});

test("a reference that leads nowhere is an error, unless strict is false", async () => {
  const { api, location } = await startSecrets(shop);
  const options = { ...location, secretNames: ["LOST"] } as const;
  expect(await failureOf(api.getValues(options))).toMatchObject({ code: "UNRESOLVED_REFERENCE" });
  await expect(api.getValues({ ...options, strict: false })).resolves.toHaveProperty("LOST");
});

test("with strict: false, missing secrets are left out, and one request is sent", async () => {
  const { server, api, location } = await startSecrets(shop);
  const values = await api.getValues({ ...location, secretNames: ["URL", "TOKEN"], strict: false });
  expectTypeOf(values).toEqualTypeOf<{
    readonly URL: string | undefined;
    readonly TOKEN: string | undefined;
  }>();
  expect(values).toEqual({ URL: "postgres://db" });
  expect(Object.keys(values)).toEqual(["URL"]);
  expect(server.requests.filter(({ path }) => path.includes("/secrets"))).toHaveLength(1);
});

test("a name is found without the space around it, and returned as it was given", async () => {
  const { api, location } = await startSecrets(shop);
  expect(await api.getValues({ ...location, secretNames: [" URL "] })).toEqual({ " URL ": "postgres://db" });
});

test("a name that objects inherit is a name as any other", async () => {
  const { server, api, location } = await startSecrets(shop);
  server.secrets.set({ environment: "dev", key: "__proto__", value: "own" });
  const values = await api.getValues({ ...location, secretNames: ["__proto__"] });
  expect(Object.entries(values)).toEqual([["__proto__", "own"]]);
  const inherited = ["toString", "constructor"];
  expect(await api.getValues({ ...location, secretNames: inherited, strict: false })).not.toHaveProperty(
    "constructor",
    "own",
  );
  await expect(api.getValues({ ...location, secretNames: inherited })).rejects.toThrow(
    "folder /: toString, constructor.",
  );
});

test("values that the identity must not see are FORBIDDEN, with their names", async () => {
  const { server, api, location } = await startSecrets(shop);
  const [hidden, visible] = ["URL", "EMPTY"].map((secretKey) => ({
    secretKey,
    secretValue: "<hidden-by-infisical>",
    secretValueHidden: secretKey === "URL",
  }));
  const body = { secrets: [hidden, visible] };
  server.fail({ path: /secrets/, times: 3 }, { status: 200, body });
  const secretNames = ["URL", "EMPTY"];
  expect(await failureOf(api.getValues({ ...location, secretNames }))).toMatchObject({
    code: "FORBIDDEN",
    message: "This identity cannot read values in environment dev, folder /: URL.",
  });
  const values = await api.getValues({ ...location, secretNames, strict: false });
  expect(Object.keys(values)).toEqual(["EMPTY"]);
});

test("without names, the result is empty, and the folder is looked up", async () => {
  const { api, location } = await startSecrets(shop);
  expect(await api.getValues({ ...location, secretNames: [] })).toEqual({});
  const nowhere = api.getValues({ ...location, secretPath: "/gone", secretNames: [] });
  expect(await failureOf(nowhere)).toMatchObject({ code: "NOT_FOUND" });
});

test.each([
  [{ viewSecretValue: false }, "viewSecretValue is not an option"],
  [{ strict: "no" }, "strict must be"],
  [{ secretNames: "URL" }, "secretNames must be"],
  [{ secretNames: undefined }, "secretNames"],
])("getValues refuses %o", async (more, message) => {
  const { server, api, location } = await startSecrets(shop);
  const options = { ...location, secretNames: ["URL"], ...more };
  const error = await failureOf(api.getValues(options as never));
  expect(error).toMatchObject({ code: "INVALID_OPTION" });
  expect(String(error)).toContain(message);
  expect(server.requests).toEqual([]);
});
