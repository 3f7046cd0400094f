import { expect, test } from "vitest";
import { startSecrets } from "./start-secrets.ts";
import { countRequests } from "./summaries.ts";

const circle: Record<string, unknown> = {};
circle["self"] = circle;

test.each<[string, unknown, unknown]>([
  ["texts stay as they are", { a: "b", quoted: '"b"', empty: "" }, { a: "b", quoted: '"b"', empty: "" }],
  ["numbers and flags become texts", { n: 1.5, zero: 0, no: false }, { n: "1.5", zero: "0", no: "false" }],
  ["a date becomes its text", { at: new Date(0) }, { at: "1970-01-01T00:00:00.000Z" }],
  ["lists and objects become JSON", { l: [1, "a"], o: { x: null } }, { l: '[1,"a"]', o: '{"x":null}' }],
  ["what is null or undefined is left out", { a: null, b: undefined, c: "d" }, { c: "d" }],
])("free-form metadata is sent as texts: %s", async (_, metadata, sent) => {
  const { server, api, location } = await startSecrets();
  await api.createSecret("A", { ...location, secretValue: "v", metadata: metadata as never });
  expect(server.requests.at(-1)?.body).toMatchObject({ metadata: sent });
});

test.each<[string, unknown[], unknown[]]>([
  ["entries", [{ key: "a", value: "b" }], [{ key: "a", value: "b" }]],
  [
    "numbers and flags in entries",
    [
      { key: "a", value: 1 },
      { key: "b", value: true },
    ],
    [
      { key: "a", value: "1" },
      { key: "b", value: "true" },
    ],
  ],
  [
    "records",
    [{ owner: "ops", tier: 1 }, { at: [1] }],
    [
      { key: "owner", value: "ops" },
      { key: "tier", value: "1" },
      { key: "at", value: "[1]" },
    ],
  ],
  ["records with nothing in a field", [{ owner: null, tier: "1" }], [{ key: "tier", value: "1" }]],
])("metadata entries are sent as servers know them: %s", async (_, secretMetadata, sent) => {
  const { server, api, location } = await startSecrets();
  await api.createSecret("A", { ...location, secretValue: "v", secretMetadata: secretMetadata as never });
  expect(server.requests.at(-1)?.body).toMatchObject({ secretMetadata: sent });
});

const unreadable = "must be a string, or a value that JSON can express.";

test.each<[string, object, string]>([
  ["a text", { metadata: "a=b" }, "metadata must be an object."],
  ["a list", { metadata: ["a"] }, "metadata must be an object."],
  ["a number", { metadata: 7 }, "metadata must be an object."],
  ["NaN", { metadata: { a: Number.NaN } }, `metadata.a ${unreadable}`],
  ["a bigint", { metadata: { a: 1n } }, `metadata.a ${unreadable}`],
  ["a function", { metadata: { a: () => 1 } }, `metadata.a ${unreadable}`],
  ["a circle", { metadata: { a: circle } }, `metadata.a ${unreadable}`],
  ["an entry without a field", { secretMetadata: [{}] }, "secretMetadata[0].key must be a non-empty string."],
  [
    "an entry without a key",
    { secretMetadata: [{ value: "v" }] },
    "secretMetadata[0].key must be a non-empty string.",
  ],
  [
    "an entry that is a text",
    { secretMetadata: ["v"] },
    "secretMetadata[0] must be an object with key, and optionally value, isEncrypted, got a string.",
  ],
  [
    "an entry that is a list",
    { secretMetadata: [["a", "b"]] },
    "secretMetadata[0] must be an object with key, and optionally value, isEncrypted, got an array.",
  ],
  [
    "an entry whose value is an object",
    { secretMetadata: [{ key: "a", value: {} }] },
    "secretMetadata[0].value must be a string, got an object.",
  ],
  ["a record with NaN", { secretMetadata: [{ owner: Number.NaN }] }, `secretMetadata[0].owner ${unreadable}`],
])(
  "metadata that servers would not take is refused before anything is sent: %s",
  async (_, given, message) => {
    const { server, api, location } = await startSecrets();
    const call = api.createSecret("A", { ...location, secretValue: "v", ...given });
    const error: unknown = await call.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "INVALID_OPTION", message });
    expect(countRequests(server)).toBe(0);
  },
);
