import { expect, test } from "vitest";
import { secrets } from "../src/index.ts";
import { startSecrets, versions } from "./start-secrets.ts";

const project = "11111111-2222-4333-8444-555555555555";
const location = { projectId: project, environment: "dev", secretPath: "/" };
const lists = {
  ...location,
  ...{
    expandSecretReferences: true,
    viewSecretValue: true,
    includeImports: true,
    recursive: false,
    strict: false,
  },
  ...{ tagSlugs: ["a"], tagFilters: ["b"], metadataFilter: [{ key: "a", value: "b" }] },
  attachToProcessEnv: { only: ["A"], prefix: "P_", override: false, allow: ["PATH"] },
};
const fields = {
  ...{
    secretComment: "",
    secretReminderNote: null,
    secretReminderRepeatDays: 1,
    skipMultilineEncoding: null,
  },
  ...{ tagIds: ["a"], metadata: { a: "b" }, secretMetadata: [{ key: "a", value: "b", isEncrypted: false }] },
};
const item = { secretKey: "A", secretValue: "v", ...fields };

/** Valid arguments for every method, to be corrupted one by one. */
const calls: Readonly<Record<string, readonly unknown[]>> = {
  listSecrets: [lists],
  listSecretsWithImports: [lists],
  listSecretsIfChanged: [lists, '"etag"'],
  getSecret: [{ ...location, secretName: "A", includeImports: true, type: "shared", version: 1 }],
  getSecrets: [{ ...location, secretNames: ["A"], includeImports: true, strict: false }],
  getValues: [{ ...location, secretNames: ["A"], includeImports: true, strict: false }],
  createSecret: ["A", { ...location, secretValue: "v", type: "shared", ...fields }],
  updateSecret: [
    "A",
    { ...location, secretValue: "v", newSecretName: "B", ...fields, secretReminderRecipients: ["u"] },
  ],
  deleteSecret: ["A", { ...location, type: "shared" }],
  createSecrets: [{ ...location, secrets: [item] }],
  updateSecrets: [
    { ...location, mode: "ignore", secrets: [{ ...item, newSecretName: "B", secretPath: "/a" }] },
  ],
  deleteSecrets: [{ ...location, secrets: [{ secretKey: "A", type: "shared" }] }],
};

const wrong = [
  null,
  undefined,
  0,
  5,
  Number.NaN,
  -1,
  1n,
  "",
  " ",
  "text",
  true,
  false,
  [],
  [null],
  [undefined],
];
const stranger = [
  {},
  { a: null },
  [{}],
  [[]],
  () => "x",
  Symbol("s"),
  new Date(0),
  new Map(),
  Object.create(null),
];

/** Fields that can be empty or `null`; `a` is an entry of the free-form metadata. */
const mayBeEmpty: readonly string[] = [
  ...["secretValue", "value", "secretComment", "secretReminderNote", "secretReminderRepeatDays", "a"],
  ...["skipMultilineEncoding", "tagIds", "metadata", "secretMetadata", "secretReminderRecipients"],
];

/** The names of the empty fields, at every depth. */
function emptyFields(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => {
    if (typeof each === "number" || typeof each === "boolean") return [];
    return Object.keys(each ?? "").length === 0 ? [name] : emptyFields(each);
  });
}

function replaced(list: readonly unknown[], at: number, other: unknown): unknown[] {
  return list.map((each, index) => (index === at ? other : each));
}

/** Copies of a value, each with one part replaced. */
function* spoilt(value: unknown): Generator<unknown> {
  yield* wrong;
  yield* stranger;
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries())
      for (const other of spoilt(each)) yield replaced(value, index, other);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, each] of Object.entries(value))
      for (const other of spoilt(each)) yield { ...value, [key]: other };
    yield { ...value, unheardOf: 1 };
  }
}

/** No arguments, and the arguments of a call with one part replaced. */
function* spoiltCalls(args: readonly unknown[]): Generator<readonly unknown[]> {
  yield [];
  for (const [index, each] of args.entries())
    for (const other of spoilt(each)) yield replaced(args, index, other);
}

const notFound = { status: 404, body: { statusCode: 404, message: "No", error: "NotFound" } };

test.each(versions)(
  "whatever a method gets, it sends a right request or names the option ($apiVersion)",
  async ({ apiVersion }) => {
    const { server, api } = await startSecrets({}, apiVersion);
    server.fail({ path: /secrets/, times: 1_000_000 }, notFound);
    const refusals: string[] = [];
    for (const [method, args] of Object.entries(calls)) {
      const call = Reflect.get(api, method) as (...args: unknown[]) => Promise<unknown>;
      for (const given of spoiltCalls(args)) {
        const error: unknown = await call(...given).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        if ((error as { code?: string } | undefined)?.code === "INVALID_OPTION") refusals.push(String(error));
        else if (error !== undefined) expect(error).toMatchObject({ code: "NOT_FOUND" });
      }
    }
    expect(refusals.length).toBeGreaterThan(1500);
    for (const refusal of refusals) {
      expect(refusal).toMatch(/^InfisicalSDKError: [a-z]\w*(?:\[\d+\]|\.\w+)* (?:must|is|needs)/);
      expect(refusal).not.toMatch(/workspaceId|include_imports|\[object/);
    }
    for (const { path, query, body } of server.requests) {
      if (path.includes("/auth/")) continue;
      expect(JSON.stringify([path, query, body])).not.toMatch(/\[object|undefined|NaN|"unheardOf":1\b/);
      for (const text of Object.values(query)) expect(["", "null"]).not.toContain(text);
      expect(emptyFields(body).filter((field) => !mayBeEmpty.includes(field))).toEqual([]);
    }
  },
  60_000,
);

test("a mistyped option is refused with the one that was probably meant", async () => {
  const { server, api } = await startSecrets();
  const call = api.listSecrets({ ...location, secretpath: "/app" } as never);
  await expect(call).rejects.toThrow("secretpath is not an option; did you mean secretPath?");
  const batch = api.updateSecrets({
    ...location,
    secrets: [{ secretKey: "A" }, { secretKey: "B", secretVale: "v" } as never],
  });
  await expect(batch).rejects.toThrow(
    "secrets[1].secretVale is not an option; did you mean secrets[1].secretValue?",
  );
  const attach = api.listSecrets({ ...location, attachToProcessEnv: { overide: true } as never });
  await expect(attach).rejects.toThrow(
    "attachToProcessEnv.overide is not an option; did you mean attachToProcessEnv.override?",
  );
  expect(server.requests).toHaveLength(0);
});

test("a value passed instead of the options is not repeated", async () => {
  const { api } = await startSecrets();
  const error: unknown = await api
    .createSecret("A", "value-of-the-secret" as never)
    .catch((reason) => reason);
  expect(error).toMatchObject({ code: "INVALID_OPTION", message: expect.stringMatching(/^options must be/) });
  expect(String(error)).not.toContain("value-of-the-secret");
});

test("options of the official SDK are accepted, even if they have no effect", async () => {
  const { server, api, location } = await startSecrets({ secrets: { dev: { "/": { A: "a", B: "b" } } } });
  const absent = { secretPath: undefined, type: undefined, tagSlugs: undefined, signal: undefined };
  await api.listSecretsWithImports({
    ...location,
    includeImports: false,
    attachToProcessEnv: false,
  } as never);
  await api.listSecrets({
    ...location,
    secretPath: undefined,
    tagSlugs: undefined,
    includeImports: undefined,
  });
  await api.getSecret({ ...location, secretName: "A", ...absent, tagSlugs: undefined } as never);
  const given = { secretMetadata: [{ key: "k" }], metadata: { count: 1, yes: true, no: undefined } } as never;
  await api.createSecret("C", { ...location, secretValue: "c", type: "shared", ...(given as object) });
  expect(server.requests.at(-1)?.body).toMatchObject({ metadata: { count: "1", yes: "true" } });
  await api.updateSecret("A", {
    ...location,
    secretReminderRepeatDays: 7,
    type: "shared",
    ...(given as object),
  });
  await api.deleteSecret("B", { ...location, secretPath: "/", type: "shared" });
});

test("the plugin itself checks its options", () => {
  for (const options of [null, "v4", 5, [], { apiVersion: null }, { version: "v4" }]) {
    expect(() => secrets(options as never)).toThrow(/^(?:options|apiVersion|version) (?:must|is)/);
  }
});
