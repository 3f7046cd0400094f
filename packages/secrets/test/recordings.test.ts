import { createClient } from "@infisical/core";
import { createTestServer } from "@infisical/test-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Generation, generations, type Recording, readRecordings, recordedError } from "#test-kit";
import { type Secret, type SecretsApi, secrets } from "../src/index.ts";
import { recordedCall } from "./recorded-calls.ts";

/** Recorded requests that the SDK refuses to send, and the option that it names. */
const refused: Readonly<Record<string, string>> = {
  "128-create-missing-value": "secretValue",
  "129-create-null-value": "secretValue",
  "153-create-bad-type": "type",
  "163-create-no-body": "projectId",
  "177-oddname-dot-create": "secretName",
  "179-oddname-dotdot-create": "secretName",
  "180-oddname-dotdot-get": "secretName",
  "223-oddname-only-space-create": "secretName",
  "264-get-version-abc": "version",
  "308-list-missing-env": "environment",
  "309-list-missing-project": "projectId",
  "401-batch-create-dup-inside": "secrets[1].secretKey",
  "403-batch-create-empty": "secrets",
  "406-batch-create-empty-key": "secrets[0].secretKey",
  "408-batch-create-no-project": "projectId",
  "418-batch-update-empty": "secrets",
  "424-batch-delete-empty": "secrets",
};

const server = createTestServer();
let api: SecretsApi;
beforeAll(async () => {
  const { siteUrl } = await server.listen();
  const client = createClient({ siteUrl, plugins: [secrets()], retry: false });
  api = client.auth().accessToken("a-token").secrets();
});
afterAll(() => server.close());

describe.each(generations)("a recorded exchange with a server of %s, made with the SDK", (generation) => {
  const recordings = callable(generation);

  test("nearly all recorded requests for secrets can be made", () => {
    const isForSecrets = ({ request: { path } }: Recording) => path.startsWith("/api/v3/secrets/");
    const forSecrets = readRecordings(generation).filter(isForSecrets);
    // The rest has a project's slug, a flag that is not a boolean, or a method or parameter that no SDK sends.
    expect(forSecrets.length - recordings.length).toBeLessThanOrEqual(21);
    expect(recordings.length).toBeGreaterThan(175);
  });

  test.each(recordings.filter(({ id }) => !(id in refused)))(
    "$id: the same request goes out, and the recorded response comes back",
    async ({ call, ...recording }) => {
      const { status, headers, body } = recording.response;
      server.reset();
      server.fail({}, { status, body, headers });
      const outcome = await call.run(api).catch((error: unknown) => error);
      // After an empty list, or a 500, a second request asks for the folder.
      const { method, path, query, body: sent } = server.requests[0] ?? {};
      expect({ method, path, query, body: sent }).toEqual(call.request);
      if (status === 200) expect(outcome).toStrictEqual(body);
      else expect(outcome).toMatchObject(recordedError(recording));
    },
  );

  test.each(recordings.filter(({ id }) => id in refused))(
    "$id: refused before anything is sent",
    async ({ id, call }) => {
      server.reset();
      await expect(call.run(api)).rejects.toMatchObject({
        code: "INVALID_OPTION",
        message: expect.stringContaining(`${refused[id]} must`),
      });
      expect(server.requests).toHaveLength(0);
    },
  );

  test("the types know every field of a recorded secret", () => {
    const recorded = new Set(
      recordings.flatMap(({ response: { body } }) => secretsIn(body)).flatMap(Object.keys),
    );
    expect([...recorded].filter((field) => !(field in fields))).toEqual([]);
    expect(recorded.size).toBeGreaterThan(15);
  });
});

/** The recordings that a method of the SDK can make. */
function callable(generation: Generation) {
  return readRecordings(generation).flatMap((recording) => {
    const call = recordedCall(recording);
    return call ? [{ ...recording, call }] : [];
  });
}

const fields: Record<keyof Secret, true> = {
  ...{ id: true, _id: true, workspace: true, environment: true, version: true, type: true },
  ...{ secretKey: true, secretValue: true, secretComment: true, secretPath: true, secretValueHidden: true },
  ...{ secretReminderNote: true, secretReminderRepeatDays: true, skipMultilineEncoding: true },
  ...{ createdAt: true, updatedAt: true, actor: true, isRotatedSecret: true, rotationId: true },
  ...{ metadata: true, secretMetadata: true, tags: true },
};

function secretsIn(body: unknown): object[] {
  const { secret, secrets: many = [], imports = [] } = (body ?? {}) as Record<string, never>;
  const imported = (imports as { secrets: object[] }[]).flatMap(({ secrets: one }) => one);
  return [...(secret ? [secret] : []), ...(many as object[]), ...imported];
}
