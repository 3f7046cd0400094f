import { expect, onTestFinished, test } from "vitest";
import type { SecretsApi } from "../src/index.ts";
import { pairs, start, versions } from "./support.ts";

type Place = Awaited<ReturnType<typeof start>>["place"];

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
const lists: Record<string, (api: SecretsApi, place: Place) => Promise<unknown>> = {
  listSecrets: (api, place) => api.listSecrets({ ...place, includeImports: true }),
  "listSecrets that attaches": (api, place) =>
    api.listSecrets({ ...place, includeImports: true, attachToProcessEnv: true }),
  listSecretsWithImports: (api, place) => api.listSecretsWithImports({ ...place, attachToProcessEnv: true }),
  listSecretsIfChanged: (api, place) => api.listSecretsIfChanged(place),
  getSecrets: (api, place) => api.getSecrets({ ...place, secretNames: ["A"], includeImports: true }),
  "a strict list": (api, place) => api.listSecrets({ ...place, strict: true }),
};
const batches: typeof lists = {
  createSecrets: (api, place) => api.createSecrets({ ...place, secrets: [{ secretKey: "A", ...value }] }),
  updateSecrets: (api, place) => api.updateSecrets({ ...place, secrets: [{ secretKey: "A", ...value }] }),
  deleteSecrets: (api, place) => api.deleteSecrets({ ...place, secrets: [{ secretKey: "A" }] }),
};
const singles: typeof lists = {
  getSecret: (api, place) => api.getSecret({ ...place, secretName: "A" }),
  createSecret: (api, place) => api.createSecret("A", { ...place, ...value }),
  updateSecret: (api, place) => api.updateSecret("A", { ...place, ...value }),
  deleteSecret: (api, place) => api.deleteSecret("A", place),
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
    const { server, api, place } = await start({}, apiVersion);
    const before = { ...process.env };
    for (const body of bodies) {
      server.fail({ path: /secrets/ }, { status: 200, body });
      const outcome: unknown = await call(api, place).catch((error: unknown) => error);
      expect([body, outcome]).toMatchObject([body, { code: "INVALID_RESPONSE", statusCode: 200 }]);
    }
    expect({ ...process.env }).toEqual(before);
  },
);

test.each(versions)("imports that are null are none ($apiVersion)", async ({ apiVersion }) => {
  const { server, api, place } = await start({}, apiVersion);
  const secrets = [{ ...good, secretPath: null, type: null, tags: null }];
  server.fail({ path: /secrets/, times: 4 }, { status: 200, body: { secrets, imports: null } });
  onTestFinished(() => {
    delete process.env[good.secretKey];
  });
  expect(await api.listSecrets({ ...place, includeImports: true })).toEqual({ secrets });
  expect(pairs(await api.listSecretsWithImports({ ...place, attachToProcessEnv: true }))).toEqual(
    pairs([good]),
  );
  expect(await api.getSecrets({ ...place, secretNames: [good.secretKey] })).toEqual({ secrets, missing: [] });
  const { attached } = await api.listSecrets({ ...place, attachToProcessEnv: { override: true } });
  expect(attached?.set).toEqual([good.secretKey]);
  expect(process.env[good.secretKey]).toBe("a");
});
