import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { base64, bytes } from "./bytes.ts";
import { startKms } from "./start-kms.ts";

async function startWithKey() {
  const started = await startKms();
  const { id: keyId } = await started.keys.create({ projectId: started.projectId, name: "k" });
  return { ...started, keyId, encryption: started.kms.encryption() };
}

test("base64 is accepted and returned as documented", async () => {
  const { encryption, keyId, server } = await startWithKey();
  const plaintext = base64("hello kms");
  const ciphertext = await encryption.encrypt({ keyId, plaintext });
  expect(server.requests.at(-1)).toMatchObject({
    method: "POST",
    path: `/api/v1/kms/keys/${keyId}/encrypt`,
    body: { plaintext },
  });
  expect(ciphertext).toMatch(/^[A-Za-z0-9+/]+=*$/);
  expect(await encryption.decrypt({ keyId, ciphertext })).toBe(plaintext);
  expect(server.requests.at(-1)?.body).toEqual({ ciphertext });
});

test("bytes are accepted and returned as bytes, including all 256 values", async () => {
  const { encryption, keyId } = await startWithKey();
  const plaintext = Uint8Array.from({ length: 4065 }, (_, index) => index % 256);
  const ciphertext = await encryption.encryptBytes({ keyId, plaintext });
  expect(ciphertext).toBeInstanceOf(Uint8Array);
  expect(ciphertext).toHaveLength(4065 + 31);
  expect(await encryption.decryptBytes({ keyId, ciphertext })).toEqual(plaintext);
  const buffer = await encryption.encryptBytes({ keyId, plaintext: Buffer.from("a buffer, a view too") });
  const back = await encryption.decrypt({ keyId, ciphertext: Buffer.from(buffer).toString("base64") });
  expect(back).toBe(base64("a buffer, a view too"));
});

test("an encryption whose connection drops is retried because it changes nothing", async () => {
  const { encryption, keyId, server } = await startWithKey();
  const dropped = server.fail({ method: "POST", path: /encrypt$/ }, { drop: "after" });
  const ciphertext = await encryption.encrypt({ keyId, plaintext: base64("twice at worst") });
  expect(dropped.count).toBe(1);
  expect(await encryption.decrypt({ keyId, ciphertext })).toBe(base64("twice at worst"));
});

const mebibyte = 1_048_576;

describe("before anything is sent", () => {
  test.each([
    ["not base64", { plaintext: "héllo!" }, /^plaintext must be a string in base64/],
    ["cut base64", { plaintext: "aGVsb" }, /^plaintext must be a string in base64/],
    ["bytes", { plaintext: bytes("hello") }, /^plaintext must be a string in base64/],
    ["no plaintext", {}, /^plaintext must be a string in base64/],
    [
      "more than 1 MiB",
      { plaintext: base64("x".repeat(mebibyte + 1)) },
      /^plaintext must be 0 to 1048576 bytes, got 1048577\.$/,
    ],
  ])("encrypt refuses %s", async (_, options, message) => {
    const { encryption, keyId, server } = await startWithKey();
    const before = server.requests.length;
    const promise = encryption.encrypt({ keyId, ...options } as never);
    await expect(promise).rejects.toThrow(message);
    await expect(promise).rejects.toMatchObject({ code: "INVALID_OPTION" });
    expect(server.requests).toHaveLength(before);
  });

  test.each([
    ["text", "hello", /^plaintext must be a Uint8Array; for text/],
    ["an array", [1, 2], /^plaintext must be a Uint8Array/],
    ["more than 1 MiB", new Uint8Array(mebibyte + 1), /, got 1048577\.$/],
  ])("encryptBytes refuses %s", async (_, plaintext, message) => {
    const { encryption, keyId, server } = await startWithKey();
    const before = server.requests.length;
    await expect(encryption.encryptBytes({ keyId, plaintext } as never)).rejects.toThrow(message);
    expect(server.requests).toHaveLength(before);
  });

  test("decrypt and decryptBytes refuse the same ciphertexts", async () => {
    const { encryption, keyId } = await startWithKey();
    await expect(encryption.decrypt({ keyId, ciphertext: "?" })).rejects.toThrow(/^ciphertext must be a str/);
    for (const length of [0, mebibyte + 1025]) {
      const ciphertext = new Uint8Array(length);
      await expect(encryption.decryptBytes({ keyId, ciphertext })).rejects.toThrow(
        `ciphertext must be 1 to 1049600 bytes, got ${length}.`,
      );
    }
    await expect(encryption.decrypt({ keyId, ciphertext: "" })).rejects.toThrow(/got 0\.$/);
  });
});

test.each([0, 1, 4065, 4066, 4096, 4097, 65_536, mebibyte])(
  "%i bytes can be encrypted and decrypted",
  async (length) => {
    const { encryption, keyId } = await startWithKey();
    const plaintext = new Uint8Array(length).fill(7);
    const ciphertext = await encryption.encryptBytes({ keyId, plaintext });
    const decrypted = await encryption.decryptBytes({ keyId, ciphertext });
    expect(Buffer.compare(decrypted, plaintext)).toBe(0);
    const text = Buffer.from(plaintext).toString("base64");
    const asText = await encryption.encrypt({ keyId, plaintext: text });
    expect((await encryption.decrypt({ keyId, ciphertext: asText })) === text).toBe(true);
  },
);

describe("a server that decrypts at most 4096 bytes", () => {
  const tooLong = {
    status: 401,
    body: {
      statusCode: 401,
      message: [{ code: "custom", message: "data cannot exceed 4096 bytes", path: ["ciphertext"] }],
      error: "ValidationFailure",
    },
  };

  test.each([4066, 4096])("encrypts no %i bytes, which nobody could decrypt again", async (length) => {
    const { encryption, keyId, server } = await startWithKey();
    server.fail({ path: /decrypt$/ }, tooLong);
    const outcome = encryption.encryptBytes({ keyId, plaintext: new Uint8Array(length) });
    await expect(outcome).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
      text: "The plaintext is too long: this server decrypts what had at most 4065 bytes.",
    });
  });

  test.each([0, 4065, 4097])("is not asked to decrypt %i bytes", async (length) => {
    const { encryption, keyId, server } = await startWithKey();
    await encryption.encryptBytes({ keyId, plaintext: new Uint8Array(length) });
    expect(server.requests.at(-1)?.path).toMatch(/encrypt$/);
    expect(server.requests.filter(({ path }) => path.endsWith("decrypt"))).toEqual([]);
  });

  test("an identity that must not decrypt can encrypt whatever the length", async () => {
    const { encryption, keyId, server } = await startWithKey();
    server.fail({ path: /decrypt$/ }, { status: 403 });
    const plaintext = new Uint8Array(4096);
    expect(await encryption.encryptBytes({ keyId, plaintext })).toHaveLength(4127);
  });

  test("a failure that leaves it open whether the result can be decrypted fails the call", async () => {
    const { encryption, keyId, server } = await startWithKey();
    server.fail({ path: /decrypt$/ }, { status: 500 });
    const outcome = encryption.encryptBytes({ keyId, plaintext: new Uint8Array(4096) });
    await expect(outcome).rejects.toMatchObject({ code: "SERVER_ERROR" });
  });
});

test("a key that is disabled, for signing, unknown or another one", async () => {
  const { encryption, keyId, keys, projectId } = await startWithKey();
  const plaintext = base64("x");
  const ciphertext = await encryption.encrypt({ keyId, plaintext });
  const other = await keys.create({ projectId, name: "other", encryptionAlgorithm: "aes-128-gcm" });
  const foreign = encryption.decrypt({ keyId: other.id, ciphertext });
  await expect(foreign).rejects.toMatchObject({ code: "SERVER_ERROR" });
  const signing = await keys.create({
    projectId,
    name: "signing",
    keyUsage: "sign-verify",
    encryptionAlgorithm: "ECC_NIST_P256",
  });
  const misused = encryption.encrypt({ keyId: signing.id, plaintext });
  await expect(misused).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await keys.update({ keyId, isDisabled: true });
  await expect(encryption.encrypt({ keyId, plaintext })).rejects.toThrow(/Key is disabled/);
  await keys.delete({ keyId });
  await expect(encryption.encrypt({ keyId, plaintext })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a response that is not base64 is an error, not wrong bytes", async () => {
  const { encryption, keyId, server } = await startWithKey();
  server.fail({ method: "POST" }, { status: 200, body: { ciphertext: "§" } });
  const promise = encryption.encryptBytes({ keyId, plaintext: bytes("x") });
  await expect(promise).rejects.toMatchObject({ code: "INVALID_RESPONSE" });
});

test("no error shows a plaintext, however it fails", async () => {
  const { encryption, keyId, server } = await startWithKey();
  const secret = "correct-horse-battery-staple";
  const encoded = base64(secret);
  server.fail({ path: /encrypt/, times: 2 }, { status: 400, body: { message: `cannot encrypt ${encoded}` } });
  const failures = await Promise.allSettled([
    encryption.encrypt({ keyId, plaintext: secret }),
    encryption.encrypt({ keyId, plaintext: base64(secret.repeat(40_000)) }),
    encryption.encryptBytes({ keyId, plaintext: secret as never }),
    encryption.encryptBytes({ keyId, plaintext: bytes(secret) }),
    encryption.encrypt({ keyId, plaintext: encoded }),
    encryption.decrypt({ keyId, ciphertext: secret }),
  ]);
  expect(failures.map(({ status }) => status)).toEqual(Array(6).fill("rejected"));
  for (const failure of failures) {
    const { reason } = failure as PromiseRejectedResult;
    const shown = inspect(reason, { depth: 10, showHidden: true }) + JSON.stringify(reason) + reason.stack;
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(encoded);
  }
});
