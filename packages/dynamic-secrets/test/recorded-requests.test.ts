import { createClient } from "@infisical/core";
import { createTestServer } from "@infisical/test-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generations, readRecordings, recordedError } from "#test-kit";
import { type DynamicSecretsApi, dynamicSecrets } from "../src/index.ts";
import { callable } from "./support/recorded-calls.ts";
import { requestsOf, said } from "./support/start.ts";

/** Recorded requests that the SDK refuses to send, and what it says about them. */
const refused: Readonly<Record<string, string>> = {
  "445-dyn-create-ttl-60": "defaultTTL must be at least 1 minute",
  "450-dyn-create-ttl-abc": "defaultTTL must be",
  "451-dyn-create-ttl-empty": "defaultTTL must be",
  "452-dyn-create-ttl-1h30m": "defaultTTL must be",
  "479-lease-create-ttl-30s": "ttl must be at least 1 minute",
  "481-lease-create-ttl-abc": "ttl must be",
  "482-lease-create-ttl-null": "ttl must be",
  "484-lease-create-missing-name": "dynamicSecretName must be",
  "500-lease-renew-no-body": "projectSlug must be",
  "505-lease-delete-no-body": "projectSlug must be",
};

/** Inputs of providers are as secret as values, so that what repeats one is redacted, even where it is a common word. */
const redacted: Readonly<Record<string, RegExp>> = {
  "435-dyn-create-pg-closed-port": /Something went wrong|connect ECONNREFUSED \[redacted\]:1$/,
  "436-dyn-create-redis-bad-password": /(?:Something went |with provider: )\[redacted\]/,
  "447-dyn-create-ttl-25h": /\[redacted\]TTL: TTL must be less than a day$/,
};

const server = createTestServer();
let api: DynamicSecretsApi;
beforeAll(async () => {
  const { siteUrl } = await server.listen();
  const client = createClient({ siteUrl, plugins: [dynamicSecrets()], retry: false });
  api = client.auth().accessToken("a-token").dynamicSecrets();
});
afterAll(() => server.close());

describe.each(generations)("a recorded exchange with a server of %s, made with the SDK", (generation) => {
  const recordings = callable(readRecordings(generation));

  test("all recorded requests for dynamic secrets can be made", () => {
    const isForThem = (path: string) => path.startsWith("/api/v1/dynamic-secrets");
    expect(recordings.length).toBe(
      readRecordings(generation).filter(({ request }) => isForThem(request.path)).length,
    );
    expect(recordings.length).toBeGreaterThan(60);
  });

  test.each(recordings.filter(({ id }) => !(id in refused)))(
    "$id: the same request goes out, and the recorded response comes back",
    async ({ run, part, ...recording }) => {
      const { method, path, query = {}, body } = recording.request;
      const { status, headers, body: response } = recording.response;
      server.reset();
      server.fail({}, { status, body: response, headers });
      const outcome = await run(api).catch((error: unknown) => error);
      expect(requestsOf(server).map(said)).toEqual([{ method, path, query, body }]);
      const text = redacted[recording.id];
      const error = { ...recordedError(recording), ...(text && { message: expect.stringMatching(text) }) };
      if (status === 200) expect(outcome).toStrictEqual(part ? Object(response)[part] : response);
      else expect(outcome).toMatchObject(error);
    },
  );

  test.each(recordings.filter(({ id }) => id in refused))(
    "$id: refused before anything is sent",
    async ({ id, run }) => {
      server.reset();
      const message = expect.stringContaining(refused[id] ?? "");
      await expect(run(api)).rejects.toMatchObject({ code: "INVALID_OPTION", message });
      expect(server.requests).toHaveLength(0);
    },
  );
});
