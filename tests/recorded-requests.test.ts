import { InfisicalSDK } from "@infisical/sdk";
import { createTestServer } from "@infisical/test-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Recording, type RecordingSet, readRecordings, recordedError } from "#test-kit";
import { type Route, routes } from "./recorded-routes.ts";

/** What we refuse before it is sent, with the word that says why: the server refuses it, or makes something unmeant. */
const refused: Readonly<Record<string, RegExp>> = {
  "077-project-create-empty-name": /^projectName must be a non-empty string/,
  "092-members-invite-none": /^emails or usernames must name/,
  "109-folder-create-name-empty": /^name must be a non-empty string/,
  "364-import-create-bad-body": /^import must be an object with environment, path/,
  "529-kms-encrypt-not-base64": /^plaintext must be a string in base64/,
  "131-kms-encrypt-not-base64": /^plaintext must be a string in base64/,
};

/** What the SDK has no call for, or sends otherwise. */
const withoutCall = [
  "097-tag-create-missing-color", // the colour is always sent
];

/** The recordings cut these short. */
const plaintexts: Readonly<Record<string, number>> = {
  "530-kms-encrypt-4096": 4096,
  "531-kms-encrypt-4097": 4097,
};

const server = createTestServer();
let sdk: InfisicalSDK;

beforeAll(async () => {
  const { siteUrl } = await server.listen();
  sdk = new InfisicalSDK({ siteUrl, retry: false });
  sdk.auth().accessToken("token-of-the-recordings");
});
afterAll(() => server.close());

/** The recordings of a set that the SDK has a call for, with the long values that they cut short. */
function callable(set: RecordingSet): Recording[] {
  return readRecordings(set)
    .filter(({ id, request }) => !withoutCall.includes(id) && routeOf(request) !== undefined)
    .map(withWholeBody);
}

function routeOf({ method, path }: Recording["request"]): Route | undefined {
  return routes.find(([pattern]) => pattern.test(`${method} ${path}`));
}

function withWholeBody(recording: Recording): Recording {
  const { id, request, response } = recording;
  const length = plaintexts[id];
  if (length === undefined) return recording;
  const base64 = (bytes: number): string => Buffer.alloc(bytes, "x").toString("base64");
  const ciphertext = response.status === 200 && { body: { ciphertext: base64(length + 31) } };
  const body = { plaintext: base64(length) };
  return { ...recording, request: { ...request, body }, response: { ...response, ...ciphertext } };
}

/** The path of a folder always goes out with a slash at its start; one recording shows that servers add it on a write. */
function rooted(body: unknown): unknown {
  const { path } = Object(body) as { path?: unknown };
  return typeof path === "string" && !path.startsWith("/") ? { ...Object(body), path: `/${path}` } : body;
}

/** Makes the call that a recording shows, against a server that answers as it does there. */
async function call({ request, response }: Recording) {
  const { workspaceId, ...rest } = { ...request.query, ...(request.body as Record<string, unknown>) };
  const fields = (workspaceId === undefined ? rest : { projectId: workspaceId, ...rest }) as never;
  const [route, send, part] = routeOf(request) ?? [];
  server.reset();
  server.fail({}, response);
  // What may be too long for a server to decrypt is decrypted once after it was encrypted.
  server.fail({ path: /\/decrypt$/ }, { status: 200, body: { plaintext: "" } });
  const id = route?.exec(`${request.method} ${request.path}`)?.[1] ?? "";
  return { part, result: await send?.(sdk, { fields, id }) };
}

describe.each([
  ["october-2024", 63],
  ["july-2026", 63],
  ["v4-and-newer", 16],
] as const)("the recordings of %s", (set, count) => {
  const recordings = callable(set);

  test("a good part of them is compared", () => {
    expect(recordings.length).toBe(count);
  });

  test.each(recordings.filter(({ id }) => id in refused))(
    "$id: refused before anything is sent",
    async (recording) => {
      const { id } = recording;
      const promise = call(recording);
      await expect(promise).rejects.toThrow(refused[id]);
      await expect(promise).rejects.toMatchObject({ code: "INVALID_OPTION" });
      expect(server.requests).toHaveLength(0);
    },
  );

  test.each(recordings.filter(({ id }) => !(id in refused)))(
    "$id: the same request goes out, and the recorded response comes back",
    async (recording) => {
      const { method, path, query = {}, body } = recording.request;
      const { status, body: response } = recording.response;
      const promise = call(recording);
      if (status === 200) {
        const { part, result } = await promise;
        expect(result).toEqual(part === undefined ? response : Object(response)[part]);
      } else await expect(promise).rejects.toMatchObject(recordedError(recording));
      const [sent, ...others] = server.requests;
      expect(others.filter(({ path }) => !path.endsWith("/decrypt"))).toEqual([]);
      expect(`${sent?.method} ${sent?.path}`).toBe(`${method} ${path}`);
      const words = Object.entries(query).map(([name, value]) => [name, String(value)]);
      expect(sent?.query).toEqual(Object.fromEntries(words));
      expect(sent?.body).toEqual(rooted(body));
      expect(sent?.headers["content-type"]).toBe(body === undefined ? undefined : "application/json");
    },
  );
});
