import { InfisicalSDK } from "@infisical/sdk";
import { createTestServer } from "@infisical/test-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Recording, readRecordings } from "#test-kit";

/** What a call is made from: the recorded fields, and the id in the path. */
interface Recorded {
  readonly fields: never;
  readonly id: string;
}

/** A route, the call that must send it, and the part of the response that the call returns. */
type Route = readonly [
  route: RegExp,
  call: (sdk: InfisicalSDK, recorded: Recorded) => unknown,
  part?: string,
];

const routes: readonly Route[] = [
  [/^POST \/api\/v2\/workspace$/, (sdk, { fields }) => sdk.projects().create(fields), "project"],
  [
    /^POST \/api\/v2\/workspace\/([^/]+)\/memberships$/,
    (sdk, { fields, id }) => sdk.projects().inviteMembers(Object.assign({ projectId: id }, fields)),
    "memberships",
  ],
  [
    /^POST \/api\/v1\/workspace\/([^/]+)\/environments$/,
    (sdk, { fields, id }) => sdk.environments().create(Object.assign({ projectId: id }, fields)),
    "environment",
  ],
  [
    /^POST \/api\/v1\/workspace\/([^/]+)\/tags$/,
    (sdk, { fields, id }) => sdk.tags().create(Object.assign({ projectId: id }, fields)),
    "workspaceTag",
  ],
  [/^POST \/api\/v1\/folders$/, (sdk, { fields }) => sdk.folders().create(fields), "folder"],
  [/^GET \/api\/v1\/folders$/, (sdk, { fields }) => sdk.folders().listFolders(fields), "folders"],
  [
    /^POST \/api\/v1\/secret-imports$/,
    (sdk, { fields }) => sdk.secretImports().create(fields),
    "secretImport",
  ],
  [/^GET \/api\/v1\/secret-imports$/, (sdk, { fields }) => sdk.secretImports().list(fields), "secretImports"],
  [/^POST \/api\/v1\/kms\/keys$/, (sdk, { fields }) => sdk.kms().keys().create(fields), "key"],
  [/^GET \/api\/v1\/kms\/keys$/, (sdk, { fields }) => sdk.kms().keys().list(fields)],
  [
    /^GET \/api\/v1\/kms\/keys\/key-name\/([^/]+)$/,
    (sdk, { fields, id }) =>
      sdk
        .kms()
        .keys()
        .getByName(Object.assign({ name: id }, fields)),
    "key",
  ],
  [
    /^PATCH \/api\/v1\/kms\/keys\/([^/]+)$/,
    (sdk, { fields, id }) =>
      sdk
        .kms()
        .keys()
        .update(Object.assign({ keyId: id }, fields)),
    "key",
  ],
  [/^DELETE \/api\/v1\/kms\/keys\/([^/]+)$/, (sdk, { id }) => sdk.kms().keys().delete({ keyId: id }), "key"],
  [
    /^POST \/api\/v1\/kms\/keys\/([^/]+)\/encrypt$/,
    (sdk, { fields, id }) =>
      sdk
        .kms()
        .encryption()
        .encrypt(Object.assign({ keyId: id }, fields)),
    "ciphertext",
  ],
  [
    /^POST \/api\/v1\/kms\/keys\/([^/]+)\/decrypt$/,
    (sdk, { fields, id }) =>
      sdk
        .kms()
        .encryption()
        .decrypt(Object.assign({ keyId: id }, fields)),
    "plaintext",
  ],
];

/** What we refuse before it is sent, with the word that says why: the server refuses it, or makes something unmeant. */
const refused: Readonly<Record<string, RegExp>> = {
  "077-project-create-empty-name": /^projectName must be a non-empty string/,
  "092-members-invite-none": /^emails or usernames must name/,
  "109-folder-create-name-empty": /^name must be a non-empty string/,
  "364-import-create-bad-body": /^import must be an object with environment, path/,
  "529-kms-encrypt-not-base64": /^plaintext must be a string in base64/,
  "531-kms-encrypt-4097": /^plaintext must be 1 to 4096 bytes, got 4097/,
  "532-kms-encrypt-empty": /^plaintext must be 1 to 4096 bytes, got 0/,
};

/** What the SDK has no call for. */
const withoutCall = [
  "097-tag-create-missing-color", // the colour is always sent
  "550-project-delete",
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

const recordings = readRecordings()
  .filter(({ request }) => /\/(?:workspace|folders|secret-imports|kms)\b/.test(request.path))
  .filter(({ id }) => !withoutCall.includes(id))
  .map((recording) => [recording.id, withWholeBody(recording)] as const);

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
  const target = `${request.method} ${request.path}`;
  const [route, send, part] = routes.find(([pattern]) => pattern.test(target)) ?? [];
  const type = response.headers["content-type"] ?? "";
  const answer = server.fail(
    {},
    { status: response.status, body: response.body, headers: { "content-type": type } },
  );
  try {
    return { part, result: await send?.(sdk, { fields, id: route?.exec(target)?.[1] ?? "" }) };
  } finally {
    answer.remove();
  }
}

test("a good part of the recordings is compared", () => {
  expect(recordings.length).toBeGreaterThan(55);
});

describe.each(recordings)("the call of %s", (id, recording) => {
  const { method, path, query = {}, headers, body } = recording.request;
  const { status } = recording.response;
  const reply = recording.response.body as Record<string, unknown>;

  if (id in refused) {
    test("is refused before anything is sent", async () => {
      const before = server.requests.length;
      const promise = call(recording);
      await expect(promise).rejects.toThrow(refused[id]);
      await expect(promise).rejects.toMatchObject({ code: "INVALID_OPTION" });
      expect(server.requests).toHaveLength(before);
    });
    return;
  }

  test("sends the recorded request and understands the recorded reply", async () => {
    const promise = call(recording);
    if (status === 200) {
      const { part, result } = await promise;
      expect(result).toEqual(part === undefined ? reply : reply[part]);
    } else await expect(promise).rejects.toMatchObject({ statusCode: status });
    const sent = server.requests.at(-1);
    expect(`${sent?.method} ${sent?.path}`).toBe(`${method} ${path}`);
    const words = Object.entries(query).map(([name, value]) => [name, String(value)]);
    expect(sent?.query).toEqual(Object.fromEntries(words));
    expect(sent?.body).toEqual(rooted(body));
    expect(sent?.headers["content-type"]).toBe(headers["content-type"]);
  });
});
