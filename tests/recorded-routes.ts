import type { InfisicalSDK } from "@infisical/sdk";

/** What a call is made from: the recorded fields, and the id in the path. */
interface Recorded {
  readonly fields: never;
  readonly id: string;
}

/** A route, the call that must send it, and the part of the response that the call returns. */
export type Route = readonly [
  route: RegExp,
  call: (sdk: InfisicalSDK, recorded: Recorded) => unknown,
  part?: string,
];

/** The calls for the recorded requests about projects, folders, imports, tags and keys. */
export const routes: readonly Route[] = [
  [/^POST \/api\/v2\/workspace$/, (sdk, { fields }) => sdk.projects().create(fields), "project"],
  [/^DELETE \/api\/v2\/workspace\/([^/]+)$/, (sdk, { id }) => sdk.projects().delete({ slug: id })],
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
  [
    /^POST \/api\/v1\/kms\/keys\/([^/]+)\/sign$/,
    (sdk, { fields, id }) =>
      sdk
        .kms()
        .signing()
        .sign(Object.assign({ keyId: id }, fields)),
  ],
  [
    /^POST \/api\/v1\/kms\/keys\/([^/]+)\/verify$/,
    (sdk, { fields, id }) =>
      sdk
        .kms()
        .signing()
        .verify(Object.assign({ keyId: id }, fields)),
  ],
  [
    /^GET \/api\/v1\/kms\/keys\/([^/]+)\/signing-algorithms$/,
    (sdk, { id }) => sdk.kms().signing().listSigningAlgorithms({ keyId: id }),
    "signingAlgorithms",
  ],
  [
    /^GET \/api\/v1\/kms\/keys\/([^/]+)\/public-key$/,
    (sdk, { id }) => sdk.kms().signing().getPublicKey({ keyId: id }),
    "publicKey",
  ],
];
