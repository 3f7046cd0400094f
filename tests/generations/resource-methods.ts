import type { Method } from "./methods.ts";

const id = "9b2f7a54-3c1d-4a6e-8f00-5d2c1b7e9a31";
const projectId = id;
const at = { projectId, environment: "dev" } as const;

/** The methods about projects, environments, folders, imports and tags. */
export const projectMethods: Readonly<Record<string, Method>> = {
  "projects.create": {
    reply: "071-project-create",
    part: "project",
    call: (sdk) => sdk.projects().create({ projectName: "Recorder" }),
  },
  "projects.get": {
    reply: "071-project-create",
    as: ({ project }: { project: unknown }) => ({ workspace: project }),
    part: "workspace",
    call: (sdk) => sdk.projects().get({ projectId }),
  },
  "projects.list": {
    reply: "071-project-create",
    as: ({ project }: { project: unknown }) => ({ workspaces: [project] }),
    part: "workspaces",
    call: (sdk) => sdk.projects().list(),
  },
  "projects.getBySlug": {
    reply: "071-project-create",
    as: ({ project }: { project: unknown }) => project,
    call: (sdk) => sdk.projects().getBySlug({ slug: "recorder" }),
  },
  "projects.update": {
    reply: "550-project-delete",
    as: (body) => ({ workspace: body }),
    part: "workspace",
    call: (sdk) => sdk.projects().update({ projectId, name: "Recorder" }),
  },
  "projects.delete": {
    reply: "550-project-delete",
    as: (body) => body,
    call: (sdk) => sdk.projects().delete({ slug: "recorder" }),
  },
  "projects.inviteMembers": {
    reply: "086-members-invite-email",
    part: "memberships",
    call: (sdk) => sdk.projects().inviteMembers({ projectId, emails: ["someone@example.com"] }),
  },
  "environments.create": {
    reply: "080-env-create",
    part: "environment",
    call: (sdk) => sdk.environments().create({ projectId, name: "QA", slug: "qa" }),
  },
  "environments.update": {
    reply: "080-env-create",
    as: (body) => body,
    part: "environment",
    call: (sdk) => sdk.environments().update({ projectId, environmentId: id, name: "QA" }),
  },
  "environments.delete": {
    reply: "080-env-create",
    as: (body) => body,
    part: "environment",
    call: (sdk) => sdk.environments().delete({ projectId, environmentId: id }),
  },
  "folders.create": {
    reply: "100-folder-create",
    part: "folder",
    call: (sdk) => sdk.folders().create({ ...at, name: "app" }),
  },
  "folders.listFolders": {
    reply: "114-folder-list-path",
    part: "folders",
    call: (sdk) => sdk.folders().listFolders({ ...at, path: "/deep" }),
  },
  "folders.get": {
    reply: "100-folder-create",
    as: (body) => body,
    part: "folder",
    call: (sdk) => sdk.folders().get({ folderId: id }),
  },
  "folders.update": {
    reply: "100-folder-create",
    as: (body) => body,
    part: "folder",
    call: (sdk) => sdk.folders().update({ ...at, folderId: id, name: "app" }),
  },
  "folders.delete": {
    reply: "100-folder-create",
    as: (body) => body,
    part: "folder",
    call: (sdk) => sdk.folders().delete({ ...at, folderId: id }),
  },
  "secretImports.create": {
    reply: "354-import-create",
    part: "secretImport",
    call: (sdk) => sdk.secretImports().create({ ...at, import: { environment: "dev", path: "/s1" } }),
  },
  "secretImports.list": {
    reply: "366-import-list",
    part: "secretImports",
    call: (sdk) => sdk.secretImports().list(at),
  },
  "secretImports.update": {
    reply: "354-import-create",
    as: (body) => body,
    part: "secretImport",
    call: (sdk) => sdk.secretImports().update({ ...at, secretImportId: id, import: { position: 2 } }),
  },
  "secretImports.delete": {
    reply: "354-import-create",
    as: (body) => body,
    part: "secretImport",
    call: (sdk) => sdk.secretImports().delete({ ...at, secretImportId: id }),
  },
  "tags.create": {
    reply: "094-tag-create",
    part: "workspaceTag",
    call: (sdk) => sdk.tags().create({ projectId, slug: "blue", color: "#0000ff" }),
  },
  "tags.list": {
    reply: "094-tag-create",
    as: ({ workspaceTag }: { workspaceTag: unknown }) => ({ workspaceTags: [workspaceTag] }),
    part: "workspaceTags",
    call: (sdk) => sdk.tags().list({ projectId }),
  },
  "tags.get": {
    reply: "094-tag-create",
    as: (body) => body,
    part: "workspaceTag",
    call: (sdk) => sdk.tags().get({ projectId, tagId: id }),
  },
  "tags.update": {
    reply: "094-tag-create",
    as: (body) => body,
    part: "workspaceTag",
    call: (sdk) => sdk.tags().update({ projectId, tagId: id, slug: "blue", color: "#0000ff" }),
  },
  "tags.delete": {
    reply: "094-tag-create",
    as: (body) => body,
    part: "workspaceTag",
    call: (sdk) => sdk.tags().delete({ projectId, tagId: id }),
  },
};

const signing = { keyId: id, data: "aGk=", signingAlgorithm: "RSASSA_PSS_SHA_256" } as const;

/** The methods about keys; the last ones are newer than the older generation of servers. */
export const keyMethods: Readonly<Record<string, Method>> = {
  "kms.keys.create": {
    reply: "518-kms-create",
    part: "key",
    call: (sdk) => sdk.kms().keys().create({ projectId, name: "key-one", description: "d" }),
  },
  "kms.keys.list": {
    reply: "526-kms-list-paged",
    call: (sdk) => sdk.kms().keys().list({ projectId, limit: 1 }),
  },
  "kms.keys.update": {
    reply: "538-kms-disable",
    part: "key",
    call: (sdk) => sdk.kms().keys().update({ keyId: id, isDisabled: true }),
  },
  "kms.keys.delete": {
    reply: "540-kms-delete",
    part: "key",
    call: (sdk) => sdk.kms().keys().delete({ keyId: id }),
  },
  "kms.encryption.encrypt": {
    reply: "528-kms-encrypt",
    part: "ciphertext",
    call: (sdk) => sdk.kms().encryption().encrypt({ keyId: id, plaintext: "aGk=" }),
  },
  "kms.encryption.decrypt": {
    reply: "533-kms-decrypt",
    part: "plaintext",
    call: (sdk) => sdk.kms().encryption().decrypt({ keyId: id, ciphertext: "aGk=" }),
  },
  "kms.keys.get": {
    reply: "518-kms-create",
    as: (body) => body,
    isNewer: true,
    part: "key",
    call: (sdk) => sdk.kms().keys().get({ keyId: id }),
  },
  "kms.keys.getByName": {
    reply: "527-kms-get-by-name-newer-sdk",
    isNewer: true,
    part: "key",
    call: (sdk) => sdk.kms().keys().getByName({ projectId, name: "key-one" }),
  },
  "kms.signing.sign": {
    reply: "114-kms-sign-RSA_4096",
    isNewer: true,
    call: (sdk) => sdk.kms().signing().sign(signing),
  },
  "kms.signing.verify": {
    reply: "115-kms-verify-RSA_4096",
    isNewer: true,
    call: (sdk) =>
      sdk
        .kms()
        .signing()
        .verify({ ...signing, signature: "aGk=" }),
  },
  "kms.signing.listSigningAlgorithms": {
    reply: "112-kms-algorithms-RSA_4096",
    isNewer: true,
    part: "signingAlgorithms",
    call: (sdk) => sdk.kms().signing().listSigningAlgorithms({ keyId: id }),
  },
  "kms.signing.getPublicKey": {
    reply: "122-kms-public-key-ECC_NIST_P256",
    isNewer: true,
    part: "publicKey",
    call: (sdk) => sdk.kms().signing().getPublicKey({ keyId: id }),
  },
};
