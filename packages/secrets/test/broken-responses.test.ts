import { expect, onTestFinished, test } from "vitest";
import type { TestLocation } from "#test-kit";
import type { SecretsApi } from "../src/index.ts";
import { startSecrets, versions } from "./start-secrets.ts";
import { pairs } from "./summaries.ts";

const good = { secretKey: "A_BROKEN_TEST", secretValue: "a" };

const broken: readonly unknown[] = [
  ...[null, {}, 5, "text", [], [good], { secretKey: "A" }, { secretValue: "a" }],
  ...[
    { ...good, secretValue: 5 },
    { ...good, secretValue: null },
    { ...good, secretValue: {} },
  ],
  ...[
    { ...good, secretKey: null },
    { ...good, secretKey: 5 },
    { ...good, secretKey: {} },
  ],
  ...[
    { ...good, secretPath: 5 },
    { ...good, type: {} },
    { ...good, tags: [null] },
    { ...good, tags: {} },
  ],
];

const brokenImports: readonly unknown[] = [
  ...[{}, 5, "text", [null], [{}], ["text"], [[]], [{ secretPath: "/", environment: "dev" }]],
  ...[null, undefined, {}, "text", [null], [{}], [{ ...good, secretValue: null }]].map((secrets) => [
    { secretPath: "/", environment: "dev", secrets },
  ]),
  [{ secretPath: null, environment: "dev", secrets: [] }],
];

const value = { secretValue: "v" };
const lists: Record<string, (api: SecretsApi, location: TestLocation) => Promise<unknown>> = {
  listSecrets: (api, location) => api.listSecrets({ ...location, includeImports: true }),
  "listSecrets that attaches": (api, location) =>
    api.listSecrets({ ...location, includeImports: true, attachToProcessEnv: true }),
  listSecretsWithImports: (api, location) =>
    api.listSecretsWithImports({ ...location, attachToProcessEnv: true }),
  listSecretsIfChanged: (api, location) => api.listSecretsIfChanged(location),
  getSecrets: (api, location) => api.getSecrets({ ...location, secretNames: ["A"], includeImports: true }),
  getValues: (api, location) => api.getValues({ ...location, secretNames: ["A"] }),
  "a strict list": (api, location) => api.listSecrets({ ...location, strict: true }),
};
const batches: typeof lists = {
  createSecrets: (api, location) =>
    api.createSecrets({ ...location, secrets: [{ secretKey: "A", ...value }] }),
  updateSecrets: (api, location) =>
    api.updateSecrets({ ...location, secrets: [{ secretKey: "A", ...value }] }),
  deleteSecrets: (api, location) => api.deleteSecrets({ ...location, secrets: [{ secretKey: "A" }] }),
};
const singles: typeof lists = {
  getSecret: (api, location) => api.getSecret({ ...location, secretName: "A" }),
  createSecret: (api, location) => api.createSecret("A", { ...location, ...value }),
  updateSecret: (api, location) => api.updateSecret("A", { ...location, ...value }),
  deleteSecret: (api, location) => api.deleteSecret("A", location),
};

const cases = [
  ...Object.entries(singles).map(([name, call]) => ({
    name,
    call,
    bodies: broken.map((secret) => ({ secret })),
  })),
  ...Object.entries({ ...lists, ...batches }).map(([name, call]) => ({
    name,
    call,
    bodies: [...broken.map((secret) => ({ secrets: [good, secret] })), { secrets: null }, { secrets: good }],
  })),
  ...Object.entries(lists).map(([name, call]) => ({
    name: `${name} with imports`,
    call,
    bodies: brokenImports.map((imports) => ({ secrets: [good], imports })),
  })),
].flatMap((each) => versions.map(({ apiVersion }) => ({ ...each, apiVersion })));

test.each(cases)(
  "a broken response to $name is INVALID_RESPONSE ($apiVersion)",
  async ({ call, bodies, apiVersion }) => {
    const { server, api, location } = await startSecrets({}, apiVersion);
    const before = { ...process.env };
    for (const body of bodies) {
      server.fail({ path: /secrets/ }, { status: 200, body });
      const outcome: unknown = await call(api, location).catch((error: unknown) => error);
      expect([body, outcome]).toMatchObject([body, { code: "INVALID_RESPONSE", statusCode: 200 }]);
    }
    expect({ ...process.env }).toEqual(before);
  },
);

test.each(versions)("null as imports means none ($apiVersion)", async ({ apiVersion }) => {
  const { server, api, location } = await startSecrets({}, apiVersion);
  const secrets = [{ ...good, secretPath: null, type: null, tags: null }];
  server.fail({ path: /secrets/, times: 4 }, { status: 200, body: { secrets, imports: null } });
  onTestFinished(() => {
    delete process.env[good.secretKey];
  });
  expect(await api.listSecrets({ ...location, includeImports: true })).toEqual({ secrets });
  expect(pairs(await api.listSecretsWithImports({ ...location, attachToProcessEnv: true }))).toEqual(
    pairs([good]),
  );
  expect(await api.getSecrets({ ...location, secretNames: [good.secretKey] })).toEqual({
    secrets,
    missing: [],
  });
  const { attached } = await api.listSecrets({ ...location, attachToProcessEnv: { override: true } });
  expect(attached?.set).toEqual([good.secretKey]);
  expect(process.env[good.secretKey]).toBe("a");
});
