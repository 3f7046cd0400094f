import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { startSecrets, versions } from "./start-secrets.ts";

/** Enough to reveal a defect, and few enough to send each of them through a socket. */
const runs = { numRuns: 60 };

const text = fc.string({ unit: "binary", maxLength: 40 });
const anyText = fc.oneof(
  text,
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    ".",
    "..",
    "%2e%2e",
    "a/../b",
    "batch",
    "id",
    "?a=b",
    "#a",
    "\\",
    "\ud800",
  ),
);

/** The outcome of a call: its result, or the code of a refusal. */
async function outcome<Result>(call: Promise<Result>): Promise<{ result?: Result; code?: string }> {
  return call.then(
    (result) => ({ result }),
    (error: { code?: string }) => ({ code: String(error.code) }),
  );
}

/** As servers trim values. */
const trimmed = (value: string) => (value.endsWith("\n") ? `${value.trim()}\n` : value.trim());

describe.each(versions)("$apiVersion", ({ apiVersion }) => {
  test("a secret of any name comes back under that name, or the name is refused", async () => {
    const { reset, location } = await startSecrets({}, apiVersion);
    await fc.assert(
      fc.asyncProperty(anyText, async (secretName) => {
        const api = reset();
        const { result, code } = await outcome(
          api.createSecret(secretName, { ...location, secretValue: "v" }),
        );
        if (code !== undefined) {
          expect([
            "INVALID_OPTION",
            "BAD_REQUEST",
            "VALIDATION_FAILED",
            "NOT_FOUND",
            "SERVER_ERROR",
          ]).toContain(code);
          return;
        }
        expect(result?.secret.secretKey).toBe(secretName.trim());
        const read = await api.getSecret({ ...location, secretName });
        expect([read.id, read.secretKey]).toEqual([result?.secret.id, secretName.trim()]);
        const { secrets, missing } = await api.getSecrets({ ...location, secretNames: [secretName] });
        expect([secrets[0]?.id, missing]).toEqual([read.id, []]);
        const { secrets: all } = await api.listSecrets(location);
        expect(all.map(({ id }) => id)).toEqual([read.id]);
        await api.deleteSecret(secretName, location);
        expect((await api.listSecrets(location)).secrets).toEqual([]);
      }),
      runs,
    );
  });

  test("any value and comment come back byte for byte, except what servers trim", async () => {
    const { reset, location } = await startSecrets({}, apiVersion);
    await fc.assert(
      fc.asyncProperty(text, text, async (secretValue, secretComment) => {
        const api = reset();
        const options = { ...location, expandSecretReferences: false };
        await api.createSecret("A", { ...location, secretValue, secretComment });
        const read = await api.getSecret({ ...options, secretName: "A" });
        expect(read.secretValue).toBe(trimmed(secretValue));
        expect(read.secretComment).toBe(secretComment.trim());
      }),
      runs,
    );
  });

  test("a batch of any names and values comes back, or is refused as a whole", async () => {
    const { reset, location } = await startSecrets({}, apiVersion);
    const item = fc.record({ secretKey: anyText, secretValue: text });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 5 }), async (secrets) => {
        const api = reset();
        const { code } = await outcome(api.createSecrets({ ...location, secrets }));
        const { secrets: stored } = await api.listSecrets({ ...location, expandSecretReferences: false });
        if (code !== undefined) {
          const refusals = ["INVALID_OPTION", "BAD_REQUEST", "VALIDATION_FAILED", "SERVER_ERROR"];
          expect([refusals.includes(code), stored]).toEqual([true, []]);
          return;
        }
        // Of secrets with the same name, the last one is created.
        const expected = [
          ...new Map(secrets.map(({ secretKey, secretValue }) => [secretKey.trim(), trimmed(secretValue)])),
        ];
        const found = stored.map(({ secretKey, secretValue }) => [secretKey, secretValue]);
        expect(found.sort()).toEqual(expected.sort());
      }),
      runs,
    );
  });

  test("no path leads to secrets of another folder", async () => {
    const { reset, server, location } = await startSecrets({}, apiVersion);
    const part = fc.oneof(anyText, fc.constantFrom("app", "db"));
    const path = fc.array(part, { maxLength: 4 }).map((parts) => parts.join("/"));
    const folders = ["/", "/app", "/app/db"];
    await fc.assert(
      fc.asyncProperty(path, async (secretPath) => {
        const api = reset();
        for (const folder of folders)
          server.secrets.set({ environment: "dev", path: folder, key: "A", value: folder });
        const { result, code } = await outcome(api.getSecret({ ...location, secretPath, secretName: "A" }));
        const listed = await outcome(api.listSecrets({ ...location, secretPath }));
        if (code !== undefined) {
          expect(["INVALID_OPTION", "BAD_REQUEST", "NOT_FOUND"]).toContain(code);
          expect(listed.result?.secrets ?? []).toEqual([]);
          return;
        }
        const folder = `/${secretPath.trim().replace(/^\//, "").replace(/\/$/, "")}`;
        expect([result?.secretPath, result?.secretValue]).toEqual([folder, folder]);
        expect(listed.result?.secrets.map(({ secretValue }) => secretValue)).toEqual([folder]);
      }),
      runs,
    );
  });

  test("a filter lists only secrets with the tag or the metadata, or is refused", async () => {
    const { reset, location } = await startSecrets({ tags: [{ slug: "red" }] }, apiVersion);
    await fc.assert(
      fc.asyncProperty(text, text, async (key, value) => {
        const api = reset();
        const secretMetadata = [{ key, value }];
        const written = await outcome(
          api.createSecret("A", { ...location, secretValue: "", secretMetadata }),
        );
        await api.createSecret("B", { ...location, secretValue: "" });
        const { result, code } = await outcome(
          api.listSecrets({ ...location, metadataFilter: [{ key, value }] }),
        );
        if (code !== undefined) {
          expect(code).toBe("INVALID_OPTION");
          return;
        }
        const names = result?.secrets.map(({ secretKey }) => secretKey);
        expect(names).toEqual(written.code === undefined ? ["A"] : []);
      }),
      runs,
    );
    const api = reset();
    await fc.assert(
      fc.asyncProperty(text, async (slug) => {
        const { result, code } = await outcome(api.listSecrets({ ...location, tagSlugs: [slug] }));
        if (code !== undefined) expect(code).toBe("INVALID_OPTION");
        else expect(result?.secrets).toEqual([]);
      }),
      runs,
    );
  });
});
