import { expect, onTestFinished, test, vi } from "vitest";
import { startSecrets } from "./start-secrets.ts";
import { countRequests } from "./summaries.ts";

/** Replaces the variables of the process for one test. */
function withVariables(variables: Record<string, string>): Record<string, string | undefined> {
  const before = { ...process.env };
  onTestFinished(() => {
    for (const name of Object.keys(process.env)) if (!Object.hasOwn(before, name)) delete process.env[name];
    Object.assign(process.env, before);
  });
  Object.assign(process.env, variables);
  return process.env;
}

const shop = {
  folders: { dev: ["/one"] },
  secrets: { dev: { "/": { A_NEW: "new", A_OLD: "no" }, "/one": { A_NEW: "no", A_IMPORTED: "imported" } } },
  imports: [{ environment: "dev", import: { environment: "dev", path: "/one" } }],
};

test("existing variables are kept, own secrets win over imports, and the response's lists are unchanged", async () => {
  const { api, location } = await startSecrets(shop);
  const variables = withVariables({ A_OLD: "old" });
  const plain = await api.listSecrets({ ...location, includeImports: true });
  const response = await api.listSecrets({ ...location, includeImports: true, attachToProcessEnv: true });
  expect(variables).toMatchObject({ A_NEW: "new", A_OLD: "old", A_IMPORTED: "imported" });
  const attached = { set: ["A_NEW", "A_IMPORTED"], kept: ["A_OLD"], skipped: [] };
  expect(response).toEqual({ ...plain, attached, skippedNames: [] });
  expect(response.secrets).toHaveLength(2);
});

test("imports are attached only if they were requested", async () => {
  const { api, location } = await startSecrets(shop);
  const variables = withVariables({});
  await api.listSecrets({ ...location, attachToProcessEnv: true });
  expect(variables).not.toHaveProperty("A_IMPORTED");
  await api.listSecretsWithImports({ ...location, attachToProcessEnv: {} });
  expect(variables["A_IMPORTED"]).toBe("imported");
});

test("with override, existing variables are overwritten, and own secrets win over imports", async () => {
  const { api, location } = await startSecrets(shop);
  const variables = withVariables({ A_NEW: "old", A_OLD: "old", A_IMPORTED: "old" });
  await api.listSecretsWithImports({ ...location, attachToProcessEnv: { override: true } });
  expect(variables).toMatchObject({ A_NEW: "new", A_OLD: "no", A_IMPORTED: "imported" });
});

test("of several secrets with one name, that of the folder nearest to the listed one wins", async () => {
  const secrets = {
    dev: { "/a/b": { A_DEEP: "deep" }, "/a": { A_DEEP: "near" }, "/z": { A_DEEP: "other" } },
  };
  const { api, location } = await startSecrets({ secrets });
  const variables = withVariables({});
  const options = { ...location, recursive: true, attachToProcessEnv: { override: true } } as const;
  await api.listSecrets({ ...options, secretPath: "/a" });
  expect(variables["A_DEEP"]).toBe("near");
});

test("a user's personal secret wins over the shared one of the same name", async () => {
  const { server, api, location } = await startSecrets();
  const row = (type: string, secretValue: string) => ({
    type,
    secretKey: "A_BOTH",
    secretValue,
    secretPath: "/",
  });
  const body = { secrets: [row("shared", "everybody's"), row("personal", "mine")] };
  server.fail({ path: "/api/v3/secrets/raw" }, { status: 200, body });
  const variables = withVariables({});
  await api.listSecrets({ ...location, attachToProcessEnv: true });
  expect(variables["A_BOTH"]).toBe("mine");
});

test("what cannot be a variable is skipped and named, and the rest is attached", async () => {
  const { server, api, location } = await startSecrets();
  const rows = [
    ["A=B", "v"],
    ["", "v"],
    ["A_CUT\0OFF", "v"],
    ["A_VALUE", "cut\0off"],
    ["A_HALF", "\ud800"],
    ["A_GOOD", "v"],
  ].map(([secretKey, secretValue]) => ({ secretKey, secretValue }));
  const hidden = { secretKey: "A_HIDDEN", secretValue: "<hidden-by-infisical>", secretValueHidden: true };
  const response = { status: 200, body: { secrets: [...rows, hidden] } };
  server.fail({ path: "/api/v3/secrets/raw", times: 2 }, response);
  const variables = withVariables({ A: "old" });
  const { attached, skippedNames } = await api.listSecrets({
    ...location,
    attachToProcessEnv: { override: true },
  });
  const skipped = ["A=B", "", "A_CUT\0OFF", "A_VALUE", "A_HALF", "A_HIDDEN"];
  expect(skippedNames).toEqual(skipped);
  expect(attached?.skipped.map(({ reason }) => reason)).toEqual([
    ...["invalidName", "invalidName", "invalidName", "invalidValue", "invalidValue", "hiddenValue"],
  ]);
  expect(
    Object.keys(variables)
      .filter((name) => /^A(?:_|$)/.test(name))
      .sort(),
  ).toEqual(["A", "A_GOOD"]);
  expect(variables["A"]).toBe("old");

  const list = await api.listSecretsWithImports({ ...location, attachToProcessEnv: true });
  expect(list.skippedNames).toEqual(skipped);
  expect(list.attached).toMatchObject({ set: [], kept: ["A_GOOD"] });
  expect(Object.keys(list)).toEqual(["0", "1", "2", "3", "4", "5", "6"]);
  expect(JSON.stringify(list)).not.toMatch(/skippedNames|attached/);
});

test("secrets named constructor and toString become variables, __proto__ does not, and none causes harm", async () => {
  const { server, api, location } = await startSecrets();
  for (const key of ["__proto__", "constructor", "toString"]) {
    server.secrets.set({ environment: "dev", key, value: `of ${key}` });
  }
  const variables = withVariables({});
  const { skippedNames } = await api.listSecrets({ ...location, attachToProcessEnv: true });
  expect(skippedNames).toEqual(["__proto__"]);
  expect(Object.hasOwn(variables, "__proto__")).toBe(false);
  expect(variables["toString"]).toBe("of toString");
  expect(variables["constructor"]).toBe("of constructor");
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
});

test("a plain object used as process.env keeps its prototype, and the name is reported", async () => {
  const { server, api, location } = await startSecrets();
  server.secrets.set({ environment: "dev", key: "__proto__", value: "v" });
  server.secrets.set({ environment: "dev", key: "constructor", value: "v" });
  const env = {};
  vi.stubGlobal("process", Object.create(process, { env: { value: env } }));
  onTestFinished(() => void vi.unstubAllGlobals());
  const { skippedNames } = await api.listSecrets({ ...location, attachToProcessEnv: true });
  vi.unstubAllGlobals();
  expect(skippedNames).toEqual(["__proto__"]);
  expect(Object.getPrototypeOf(env)).toBe(Object.prototype);
  expect(env).toEqual({ constructor: "v" });
});

test("variables that a platform refuses are reported, and the others are set", async () => {
  const { server, api, location } = await startSecrets();
  server.secrets.set({ environment: "dev", key: "A_FROZEN", value: "v" });
  vi.stubGlobal("process", Object.create(process, { env: { value: Object.freeze({}) } }));
  onTestFinished(() => void vi.unstubAllGlobals());
  const { skippedNames } = await api.listSecrets({ ...location, attachToProcessEnv: true });
  expect(skippedNames).toEqual(["A_FROZEN"]);
});

test("without process.env, the option is a clear error and nothing is sent", async () => {
  const { server, api, location } = await startSecrets();
  vi.stubGlobal("process", undefined);
  onTestFinished(() => void vi.unstubAllGlobals());
  const failure = {
    code: "INVALID_OPTION",
    message: expect.stringMatching(/^attachToProcessEnv needs process\.env/),
  };
  await expect(api.listSecrets({ ...location, attachToProcessEnv: true })).rejects.toMatchObject(failure);
  await expect(api.listSecretsWithImports({ ...location, attachToProcessEnv: true })).rejects.toMatchObject(
    failure,
  );
  vi.unstubAllGlobals();
  expect(countRequests(server)).toBe(0);
});

test.each([
  ["allow", ["NODE_OPTIONS"]],
  ["override", true],
  ["prefix", "P_"],
  ["only", []],
])("an inherited %s changes nothing in what is attached", async (name, value) => {
  const { server, api, location } = await startSecrets();
  server.secrets.set({ environment: "dev", key: "NODE_OPTIONS", value: "--inspect" });
  server.secrets.set({ environment: "dev", key: "INHERITED_A", value: "v" });
  const variables = withVariables({ INHERITED_B: "before" });
  server.secrets.set({ environment: "dev", key: "INHERITED_B", value: "after" });
  Object.defineProperty(Object.prototype, name, { value, configurable: true });
  onTestFinished(() => void Reflect.deleteProperty(Object.prototype, name));
  await api.listSecrets({ ...location, attachToProcessEnv: true });
  Reflect.deleteProperty(Object.prototype, name);
  expect(variables["NODE_OPTIONS"]).not.toBe("--inspect");
  expect(variables["INHERITED_A"]).toBe("v");
  expect(variables["INHERITED_B"]).toBe("before");
});
