import { createClient } from "@infisical/core";
import { createTestServer } from "@infisical/test-server";
import { describe, expect, test } from "vitest";
import { type KmsApi, kms } from "../src/index.ts";
import { base64, bytes } from "./bytes.ts";

/** The plugin of a client whose requests a test server would see, with a token that gets it nowhere. */
function start() {
  const server = createTestServer();
  const client = createClient({ transport: server.transport, retry: false, plugins: [kms()] });
  client.auth().accessToken("a-token");
  return { server, api: client.kms() };
}

const projectId = "a-project";
const keyId = "a-key";
const data = base64("some data");
const binary = bytes("some data");
const signingAlgorithm = "ECDSA_SHA_256";

/** Each call with the options that it cannot do without. */
const calls: Readonly<Record<string, [(api: KmsApi) => (options: never) => Promise<unknown>, object]>> = {
  "keys().create": [(api) => api.keys().create, { projectId, name: "a" }],
  "keys().list": [(api) => api.keys().list, { projectId }],
  "keys().get": [(api) => api.keys().get, { keyId }],
  "keys().getByName": [(api) => api.keys().getByName, { projectId, name: "a" }],
  "keys().update": [(api) => api.keys().update, { keyId }],
  "keys().delete": [(api) => api.keys().delete, { keyId }],
  "encryption().encrypt": [(api) => api.encryption().encrypt, { keyId, plaintext: data }],
  "encryption().decrypt": [(api) => api.encryption().decrypt, { keyId, ciphertext: data }],
  "encryption().encryptBytes": [(api) => api.encryption().encryptBytes, { keyId, plaintext: binary }],
  "encryption().decryptBytes": [(api) => api.encryption().decryptBytes, { keyId, ciphertext: binary }],
  "signing().sign": [(api) => api.signing().sign, { keyId, signingAlgorithm, data }],
  "signing().verify": [(api) => api.signing().verify, { keyId, signingAlgorithm, data, signature: data }],
  "signing().signBytes": [(api) => api.signing().signBytes, { keyId, signingAlgorithm, data: binary }],
  "signing().verifyBytes": [
    (api) => api.signing().verifyBytes,
    { keyId, signingAlgorithm, data: binary, signature: binary },
  ],
  "signing().listSigningAlgorithms": [(api) => api.signing().listSigningAlgorithms, { keyId }],
  "signing().getPublicKey": [(api) => api.signing().getPublicKey, { keyId }],
};

/** What the call rejects with; it must send nothing. */
async function refusal(name: string, ...args: unknown[]): Promise<string> {
  const { api, server } = start();
  const [method] = calls[name] ?? [];
  const call = method?.(api) as (...args: unknown[]) => Promise<unknown>;
  const error = await call(...args).catch((error: unknown) => error);
  expect(error).toMatchObject({ name: "InfisicalSDKError", code: "INVALID_OPTION" });
  expect(server.requests).toHaveLength(0);
  return (error as Error).message;
}

describe.each(Object.entries(calls))("%s", (name, [, good]) => {
  test("says what it accepts if its options are not an object, and repeats no text", async () => {
    for (const args of [[], [undefined], [null], [5], ["hunter2"], [[]]]) {
      const message = await refusal(name, ...args);
      expect(message).toMatch(/^options must be an object with /);
      expect(message).not.toContain("hunter2");
    }
  });

  test.each(Object.keys(good))("requires %s", async (option) => {
    const canBeEmpty = ["plaintext", "data"].includes(option);
    for (const value of [undefined, null, 5, {}, true, " ", ...(canBeEmpty ? [] : [""])]) {
      expect(await refusal(name, { ...good, [option]: value })).toMatch(new RegExp(`^${option}\\b`));
    }
  });

  test("refuses unknown options", async () => {
    for (const unknown of ["body", "workspaceId", "toString"]) {
      const message = await refusal(name, { ...good, [unknown]: {} });
      expect(message).toMatch(new RegExp(`^${unknown} is not an option; `));
    }
  });
});

test.each<[string, object, RegExp]>([
  ["keys().create", { description: 7 }, /^description must be a string/],
  ["keys().create", { keyUsage: 7 }, /^keyUsage must be a non-empty string/],
  ["keys().create", { encryptionAlgorithm: {} }, /^encryptionAlgorithm must be a non-empty string/],
  ["keys().list", { offset: -1 }, /^offset must be a whole number of at least 0, got -1/],
  ["keys().list", { limit: "100" }, /^limit must be a whole number of at least 1/],
  ["keys().list", { orderDirection: "up" }, /^orderDirection must be one of "asc", "desc"/],
  ["keys().list", { search: {} }, /^search must be a string/],
  ["keys().list", { orderby: "name" }, /^orderby is not an option; did you mean orderBy\?/],
  ["keys().update", { isDisabled: "true" }, /^isDisabled must be true or false/],
  ["signing().sign", { isDigest: 1 }, /^isDigest must be true or false/],
  ["signing().verifyBytes", { isDigest: null }, /^isDigest must be true or false/],
])("%s refuses %j", async (name, changes, message) => {
  expect(await refusal(name, { ...calls[name]?.[1], ...changes })).toMatch(message);
});

test.each([1_399_473, 20_000_000])(
  "%i characters of base64 are refused because of their number",
  async (length) => {
    const text = "A".repeat(length);
    const refusing = (least: number, bytes: number, characters: number) =>
      `must be ${least} to ${bytes} bytes, at most ${characters} characters of base64, got ${length} characters.`;
    const plaintext = await refusal("encryption().encrypt", { keyId, plaintext: text });
    expect(plaintext).toBe(`plaintext ${refusing(0, 1_048_576, 1_398_104)}`);
    const ciphertext = await refusal("encryption().decrypt", { keyId, ciphertext: text });
    expect(ciphertext).toBe(`ciphertext ${refusing(1, 1_049_600, 1_399_468)}`);
    const signature = { ...calls["signing().verify"]?.[1], signature: text };
    expect(await refusal("signing().verify", signature)).toBe(`signature ${refusing(1, 8192, 10_924)}`);
  },
);

test.each(["YQ", "YWI", "YQ==", "YWI=", "YWJj"])("%s is base64, padded or not", async (plaintext) => {
  const { api, server } = start();
  await api
    .encryption()
    .encrypt({ keyId, plaintext })
    .catch(() => undefined);
  expect(server.requests).toHaveLength(1);
});

test.each(["Y", "Y===", "YQ=", "YWI==", "YWJj=", "YWJjZ", "YQ==YQ==", "YW Jj", "YWJj\n", "-_-_", "=", "=="])(
  "%j is not base64",
  async (plaintext) => {
    const message = await refusal("encryption().encrypt", { keyId, plaintext });
    expect(message).toMatch(/^plaintext must be a string in base64/);
  },
);

/** Makes the call against a server that answers with this body. */
async function answered(name: string, body: object): Promise<unknown> {
  const { api, server } = start();
  server.fail({}, { status: 200, body });
  const [method, good] = calls[name] ?? [];
  return method?.(api)(good as never);
}

const key = { id: "id", name: "a" };

test.each<[string, object[]]>([
  [
    "keys().get",
    [{ key: {} }, { key: [] }, { key: { ...key, name: null } }, { key: { ...key, isDisabled: 0 } }],
  ],
  ["keys().list", [null, [null], [{}], [key, {}], {}].map((keys) => ({ keys, totalCount: 1 }))],
  ["keys().list", [{ keys: [key] }, { keys: [key], totalCount: "1" }]],
  ["encryption().encrypt", [{ ciphertext: "" }, { ciphertext: "§" }, { ciphertext: 5 }]],
  ["encryption().decrypt", [{}, { plaintext: "§" }, { plaintext: null }]],
  ["encryption().encryptBytes", [{ ciphertext: "" }, { ciphertext: "===" }]],
  ["encryption().decryptBytes", [{ plaintext: "Y" }]],
  ["signing().sign", [{ signature: "" }, { signature: "§" }, { signature: data, keyId: 5 }]],
  ["signing().signBytes", [{ signature: "" }, { signature: "§" }]],
  ["signing().verify", [{ signatureValid: "true" }, { signatureValid: null }]],
  ["signing().verifyBytes", [{ signatureValid: 1 }, {}]],
  [
    "signing().listSigningAlgorithms",
    [[null], [{}], {}, [5]].map((signingAlgorithms) => ({ signingAlgorithms })),
  ],
  ["signing().getPublicKey", [{ publicKey: "" }, { publicKey: "§" }, { publicKey: {} }]],
])("%s refuses a response with broken contents: %j", async (name, bodies) => {
  for (const body of bodies) {
    await expect(answered(name, body)).rejects.toMatchObject({ code: "INVALID_RESPONSE" });
  }
});

test("a long valid response is read completely", async () => {
  const { api, server } = start();
  const plaintext = Buffer.alloc(3_000_000, "x").toString("base64");
  server.fail({}, { status: 200, body: { plaintext } });
  expect(await api.encryption().decryptBytes({ keyId, ciphertext: binary })).toHaveLength(3_000_000);
});
