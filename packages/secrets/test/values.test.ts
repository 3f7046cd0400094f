import { describe, expect, test } from "vitest";
import { start, versions } from "./support.ts";

const key = `-----BEGIN PRIVATE KEY-----\n${"MIIEvQIBADANBgkqhkiG9w0BAQEFAASC/+=\n".repeat(26)}-----END PRIVATE KEY-----\n`;

const values: Record<string, string> = {
  "a PEM key": key,
  "Windows line ends": "one\r\ntwo\rthree",
  JSON: '{"a": "\\"quoted\\"", "b": [1, null]}',
  Unicode: "héllo 世界 🚀 \u202e e\u0301 \uffff",
  "control characters": "a\0b\u0001c\u001bd\u007fe",
  "half a surrogate pair": "a\ud83d",
  "what looks like a reference but is none": "${} $ ${ \\${x} %20 + &amp;",
  "an empty text": "",
  "one line break at the end": "text\n",
  "a megabyte": "0123456789abcdef".repeat(65_000),
};

describe.each(versions)("$apiVersion", ({ apiVersion }) => {
  test.each(Object.entries(values))("%s arrives byte for byte", async (_, secretValue) => {
    const { server, api, place } = await start({}, apiVersion);
    const created = await api.createSecret("A", { ...place, secretValue });
    expect(created.secret.secretValue === secretValue).toBe(true);
    expect(server.secrets.get({ environment: "dev", key: "A" }) === secretValue).toBe(true);
    const read = await api.getSecret({ ...place, secretName: "A" });
    expect(read.secretValue === secretValue).toBe(true);
    const [listed] = (await api.listSecrets(place)).secrets;
    expect(listed?.secretValue === secretValue).toBe(true);
    await api.updateSecret("A", { ...place, secretValue: "other" });
    const { secrets } = await api.updateSecrets({ ...place, secrets: [{ secretKey: "A", secretValue }] });
    expect(secrets[0]?.secretValue === secretValue).toBe(true);
  });
});

test("white space at the ends is trimmed by the server, as documented, but for one line break", async () => {
  const { api, place } = await start();
  const { secret } = await api.createSecret("A", { ...place, secretValue: " \tpadded \n\n" });
  expect(secret.secretValue).toBe("padded\n");
});

test("a value beyond the server's limit is refused once, and the error does not repeat it", async () => {
  const { server, api, place } = await start();
  const secretValue = "value-of-the-secret ".repeat(60_000);
  const error = await api.createSecret("A", { ...place, secretValue }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: "SERVER_ERROR", statusCode: 500 });
  expect(String(error)).not.toContain("value-of-the-secret");
  expect(
    server.requests.filter(({ method, path }) => method === "POST" && path.includes("secrets")),
  ).toHaveLength(1);
});
