import { z } from "zod";
import { ApiError, badRequest } from "../../api/api-error.ts";
import { type Action, requirePermission } from "../../api/permissions.ts";
import type { AuthenticatedRequest, Routes } from "../../api/routes.ts";
import { slug, trimmed, validate } from "../../api/schemas.ts";
import type { ServerState } from "../../api/server-state.ts";
import type { Bytes } from "../../engine/bytes.ts";
import { randomBytes } from "../../engine/crypto.ts";
import { EcKey, RsaKey } from "../../engine/key-pairs.ts";
import { type Entity, found, type Project, permittedProject } from "../projects/project.ts";

const base = "/api/v1/kms/keys";

const symmetricAlgorithms = ["aes-256-gcm", "aes-128-gcm"] as const;
const asymmetricAlgorithms = ["RSA_4096", "ECC_NIST_P256", "ML_DSA_44", "ML_DSA_65", "ML_DSA_87"] as const;

const name = slug(1, 32, "Name");
const description = trimmed.max(500).optional();

const creationBody = z
  .object({
    projectId: z.string(),
    name,
    description,
    keyUsage: z.enum(["encrypt-decrypt", "sign-verify"]).default("encrypt-decrypt"),
    encryptionAlgorithm: z.enum([...symmetricAlgorithms, ...asymmetricAlgorithms]).default("aes-256-gcm"),
    isExportable: z.boolean().default(true),
  })
  .superRefine(({ keyUsage, encryptionAlgorithm }, context) => {
    const [kind, valid]: [string, readonly string[]] =
      keyUsage === "encrypt-decrypt"
        ? ["symmetric encryption", symmetricAlgorithms]
        : ["asymmetric sign-verify", asymmetricAlgorithms];
    if (valid.includes(encryptionAlgorithm)) return;
    const message = `encryptionAlgorithm must be a valid ${kind} algorithm. Valid options are: ${valid.join(", ")}`;
    context.addIssue({ code: "custom", message });
  });

const updateBody = z.object({ name: name.optional(), isDisabled: z.boolean().optional(), description });

const listQuery = z.object({
  projectId: z.string(),
  offset: z.coerce.number().min(0).default(0),
  limit: z.coerce.number().min(1).max(100).default(100),
  orderBy: z.enum(["name"]).default("name"),
  orderDirection: z.enum(["asc", "desc"]).default("asc"),
  search: trimmed.default(""),
});

const nameParameter = z.object({ keyName: slug(1, 64, "Key name") });
const projectQuery = z.object({ projectId: z.string().min(1, "Project ID is required") });

type KmsKeyCreation = z.infer<typeof creationBody>;

/** A KMS key: a secret that encrypts, or a pair that signs. */
export interface KmsKey extends Entity, Omit<KmsKeyCreation, "description"> {
  description: string | null;
  isDisabled: boolean;
  readonly secret: Bytes | undefined;
  /** Generating an RSA pair takes a while. */
  readonly pair: Promise<EcKey | RsaKey> | undefined;
}

/** The KMS keys of a project. */
export function registerKmsKeys(routes: Routes): void {
  const { state } = routes;
  const orgId = state.organizationId;
  /** A key as sent to clients, without its material. */
  const view = ({ secret: _secret, pair: _pair, ...key }: KmsKey) => {
    return { ...key, orgId, kmipMetadata: null, version: 1 };
  };

  routes.authenticated("POST", base, (request) => {
    const fields = validate(creationBody, request.body());
    const project = permittedProject(routes, request, fields.projectId, "create", "cmek");
    return { key: view(addKmsKey(state, project, fields)) };
  });

  routes.authenticated("GET", base, (request) => {
    const { projectId, offset, limit, search, orderDirection } = validate(listQuery, request.query);
    const project = permittedProject(routes, request, projectId, "read", "cmek");
    const sign = orderDirection === "asc" ? 1 : -1;
    const keys = [...project.kmsKeys.values()]
      .filter(({ name }) => name.includes(search.toLowerCase()))
      .sort((left, right) => (left.name < right.name ? -sign : sign));
    return { keys: keys.slice(offset, offset + limit).map(view), totalCount: keys.length };
  });

  routes.authenticated("GET", `${base}/key-name/:keyName`, (request) => {
    const { keyName } = validate(nameParameter, { keyName: request.parameter("keyName") });
    const { projectId } = validate(projectQuery, request.query);
    const message = `Key with name "${keyName}" not found for project with ID "${projectId}"`;
    const project = found(state.projects.byId(projectId), message);
    const key = found(kmsKeyByName(project, keyName), message);
    requirePermission(request.identity, project, "read", "cmek");
    return { key: view(key) };
  });

  routes.authenticated("GET", `${base}/:keyId`, (request) => {
    return { key: view(permittedKmsKey(routes, request, keyIdOf(request), "read").key) };
  });

  routes.authenticated("PATCH", `${base}/:keyId`, (request) => {
    const id = keyIdOf(request);
    const changes = validate(updateBody, request.body());
    const { key, project } = permittedKmsKey(routes, request, id, "edit");
    if (changes.name !== undefined && changes.name !== key.name) requireFreeName(project, changes.name);
    Object.assign(key, changes, { updatedAt: state.timestamp() });
    return { key: view(key) };
  });

  routes.authenticated("DELETE", `${base}/:keyId`, (request) => {
    const { key, project } = permittedKmsKey(routes, request, keyIdOf(request), "delete");
    project.kmsKeys.delete(key.id);
    return { key: view(key) };
  });
}

/** Adds a key to a project that has none of that name. */
function addKmsKey(state: ServerState, project: Project, fields: KmsKeyCreation): KmsKey {
  requireFreeName(project, fields.name);
  const key: KmsKey = {
    ...fields,
    ...state.newEntity(),
    description: fields.description ?? null,
    isDisabled: false,
    ...material(fields.encryptionAlgorithm),
  };
  project.kmsKeys.set(key.id, key);
  return key;
}

function requireFreeName(project: Project, name: string): void {
  if (!kmsKeyByName(project, name)) return;
  throw badRequest(
    `A KMS key with the name "${name}" already exists for the project with ID "${project.id}"`,
  );
}

/** The key of a project with this name. */
function kmsKeyByName(project: Project, name: string): KmsKey | undefined {
  return [...project.kmsKeys.values()].find((key) => key.name === name);
}

/** The id of the key that a path names. */
export function keyIdOf({ parameter }: AuthenticatedRequest): string {
  return validate(z.object({ keyId: z.string().uuid() }), { keyId: parameter("keyId") }).keyId;
}

/** The key with this id and its project, if the identity is allowed the action. */
export function permittedKmsKey(
  { state }: Routes,
  { identity }: AuthenticatedRequest,
  id: string,
  action: Action,
  { mustBeEnabled = false } = {},
): { readonly key: KmsKey; readonly project: Project } {
  const shown = action === "edit" || action === "delete" ? id : `"${id}"`;
  const message = `Key with ID ${shown} not found`;
  const project = found(
    state.projects.all().find(({ kmsKeys }) => kmsKeys.has(id)),
    message,
  );
  const key = found(project.kmsKeys.get(id), message);
  if (mustBeEnabled && key.isDisabled) throw badRequest("Key is disabled");
  requirePermission(identity, project, action, "cmek");
  return { key, project };
}

function material(algorithm: KmsKey["encryptionAlgorithm"]): Pick<KmsKey, "secret" | "pair"> {
  switch (algorithm) {
    case "aes-256-gcm":
      return { secret: randomBytes(32), pair: undefined };
    case "aes-128-gcm":
      return { secret: randomBytes(16), pair: undefined };
    case "RSA_4096":
      return { secret: undefined, pair: RsaKey.generate(4096) };
    case "ECC_NIST_P256":
      return { secret: undefined, pair: Promise.resolve(new EcKey()) };
    default: {
      const message = `@infisical/test-server does not implement ${algorithm} keys`;
      throw new ApiError(501, "NotImplemented", message);
    }
  }
}
