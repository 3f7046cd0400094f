import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createEncryption, parseEncryptionKey } from "../src/encryption.ts";
import { fromKeyv, fromUnstorage } from "../src/index.ts";

const secret = parseEncryptionKey("key", "q8zV3nTtRk1yXcWb7uEoLp2mJd5hGs9f");
const encryption = createEncryption(secret);

/** A key that HKDF derives for a purpose, as Node's own functions do. */
const keyFor = (purpose: string) =>
  Buffer.from(hkdfSync("sha256", secret, "", `infisical-cache-1 ${purpose}`, 32));

/** Encrypts as the packages of this version do, by Node's own functions. */
function sealByNode(name: string, text: Uint8Array, tied = `infisical-cache-1 ${name}`): string {
  const iv = Buffer.alloc(12, 7);
  const cipher = createCipheriv("aes-256-gcm", keyFor("texts"), iv).setAAD(Buffer.from(tied));
  const sealed = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  return `infisical-cache-1.${iv.toString("base64")}.${sealed.toString("base64")}`;
}

describe("all packages of this version write the same form, and read what others have written in it:", () => {
  test("a name is an HMAC with a key of its own", async () => {
    const hash = createHmac("sha256", keyFor("names")).update("what is read").digest("hex");
    expect(await encryption.nameOf("what is read")).toBe(`infisical-cache-1-${hash}`);
  });

  test.each(["", "a", "ab", "abc", "grün", "\ufeffA", "x".repeat(100_000)])(
    "a text is AES-256-GCM, tied to its name: %#",
    async (text) => {
      const [version, iv = "", sealed = ""] = (await encryption.seal("a name", text)).split(".");
      expect(version).toBe("infisical-cache-1");
      const bytes = Buffer.from(sealed, "base64");
      expect(bytes.toString("base64")).toBe(sealed);
      const decipher = createDecipheriv("aes-256-gcm", keyFor("texts"), Buffer.from(iv, "base64"))
        .setAAD(Buffer.from("infisical-cache-1 a name"))
        .setAuthTag(bytes.subarray(-16));
      const opened = Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]);
      expect(opened.toString()).toBe(text);
    },
  );

  test.each(["", "a", "ab", "\ufeffA"])("a text of another program is read: %j", async (text) => {
    expect(await encryption.open("a name", sealByNode("a name", Buffer.from(text)))).toBe(text);
  });
});

describe("nothing else is read:", () => {
  const good = sealByNode("a name", Buffer.from("a text"));

  test.each([
    ["a text of another name", sealByNode("another name", Buffer.from("a text"))],
    ["a text that is tied to no version", sealByNode("a name", Buffer.from("a text"), "a name")],
    ["bytes that are not text", sealByNode("a name", Uint8Array.of(0xff, 0xfe))],
    ["another version", good.replace("infisical-cache-1", "infisical-cache-2")],
    ["more parts", `${good}.more`],
    ["fewer parts", good.slice(0, good.lastIndexOf("."))],
    ["a text that lost its padding", good.replace(/=+$/, "")],
    ["a text that lost its end", good.slice(0, -4)],
    ["nothing", ""],
  ])("%s", async (_, sealed) => {
    await expect(encryption.open("a name", sealed)).rejects.toThrow();
  });
});

test("stores are told how long to keep a text: Keyv in milliseconds, unstorage in seconds, rounded up", async () => {
  const told: unknown[] = [];
  const note = async (...call: readonly unknown[]) => void told.push(call);
  const none = async () => undefined;
  await fromKeyv({ get: none, set: note, delete: none } as never).set("key", "text", 1001);
  await fromUnstorage({ getItem: none, setItem: note, removeItem: none } as never).set("key", "text", 1001);
  expect(told).toEqual([
    ["key", "text", 1001],
    ["key", "text", { ttl: 2 }],
  ]);
});

test("a Keyv that reports a failure by false did not keep the text", async () => {
  const keyv = { get: async () => undefined, set: async () => false, delete: async () => true };
  await expect(fromKeyv(keyv as never).set("key", "text", 1)).rejects.toThrow("Keyv did not keep the text.");
});
