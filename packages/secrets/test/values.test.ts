import { describe, expect, test } from "vitest";
import { startSecrets, versions } from "./start-secrets.ts";

const key = `-----BEGIN PRIVATE KEY-----\n${"MIIEvQIBADANBgkqhkiG9w0BAQEFAASC/+=\n".repeat(26)}-----END PRIVATE KEY-----\n`;

const values: Record<string, string> = {
  "a PEM key": key,
  "Windows line ends": "one\r\ntwo\rthree",
  JSON: '{"a": "\\"quoted\\"", "b": [1, null]}',
  Unicode: "héllo 世界 🚀 \u202e e\u0301 \uffff",
  "control characters": "a\0b\u0001c\u001bd\u007fe",
  "half a surrogate pair": "a\ud83d",
  "what looks like a reference but is none": "${} $ ${ \\${x y} %20 + &amp;",
  "an empty text": "",
  "one line break at the end": "text\n",
  "a megabyte": "0123456789abcdef".repeat(65_000),
};

describe.each(versions)("$apiVersion", ({ apiVersion }) => {
  test.each(Object.entries(values))("%s arrives byte for byte", async (_, secretValue) => {
    const { server, api, location } = await startSecrets({}, apiVersion);
    const created = await api.createSecret("A", { ...location, secretValue });
    expect(created.secret.secretValue === secretValue).toBe(true);
    expect(server.secrets.get({ environment: "dev", key: "A" }) === secretValue).toBe(true);
    const read = await api.getSecret({ ...location, secretName: "A" });
    expect(read.secretValue === secretValue).toBe(true);
    const [listed] = (await api.listSecrets(location)).secrets;
    expect(listed?.secretValue === secretValue).toBe(true);
    await api.updateSecret("A", { ...location, secretValue: "other" });
    const { secrets } = await api.updateSecrets({ ...location, secrets: [{ secretKey: "A", secretValue }] });
    expect(secrets[0]?.secretValue === secretValue).toBe(true);
  });
});

test("the server trims white space at the ends, except one line break, as documented", async () => {
  const { api, location } = await startSecrets();
  const { secret } = await api.createSecret("A", { ...location, secretValue: " \tpadded \n\n" });
  expect(secret.secretValue).toBe("padded\n");
});

test("a value beyond the server's limit is refused once, and the error does not repeat it", async () => {
  const { server, api, location } = await startSecrets();
  const secretValue = "value-of-the-secret ".repeat(60_000);
  const error = await api.createSecret("A", { ...location, secretValue }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: "SERVER_ERROR", statusCode: 500 });
  expect(String(error)).not.toContain("value-of-the-secret");
  expect(
    server.requests.filter(({ method, path }) => method === "POST" && path.includes("secrets")),
  ).toHaveLength(1);
});

test.each(versions)(
  "an update without a value keeps it, and answers with an empty one: %o",
  async ({ apiVersion }) => {
    const { api, location } = await startSecrets({}, apiVersion);
    await api.createSecret("A", { ...location, secretValue: "kept", secretComment: "old" });
    const { secret } = await api.updateSecret("A", { ...location, secretComment: "new" });
    expect(secret).toMatchObject({ version: 2, secretValue: "", secretComment: "new" });
    const renamed = await api.updateSecret("A", { ...location, newSecretName: "B" });
    expect(renamed.secret).toMatchObject({ secretKey: "B", secretValue: "", secretComment: "" });
    const read = await api.getSecret({ ...location, secretName: "B" });
    expect(read).toMatchObject({ secretValue: "kept", secretComment: "new" });
    const batch = { ...location, secrets: [{ secretKey: "B", secretComment: "newest" }] };
    expect((await api.updateSecrets(batch)).secrets).toMatchObject([{ secretValue: "kept" }]);
  },
);
