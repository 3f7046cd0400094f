import { badRequest, notFound } from "../http/api-error.js";
import type { Routes } from "../http/routes.js";
import { validate } from "../http/validate.js";
import type { KmsKey, Project } from "../state/entities.js";
import { addKmsKey, findKmsKeyByName } from "../state/kms-keys.js";
import { permittedProject } from "./find-project.js";
import {
  type KmsKeyList,
  keyNameParameter,
  kmsKeyCreation,
  kmsKeyList,
  kmsKeyUpdate,
  projectQuery,
} from "./kms-requests.js";
import { permittedKmsKey } from "./permitted-kms-key.js";

const base = "/api/v1/kms/keys";

/** The keys of a project's key management. */
export function registerKmsKeys(routes: Routes): void {
  const { state } = routes;
  const reply = (key: KmsKey): unknown => ({ key: keyView(key, state.organizationId) });

  routes.signedIn("POST", base, (request) => {
    const { projectId, description = null, ...fields } = validate(kmsKeyCreation, request.body());
    const project = permittedProject(routes, request, projectId, "create", "cmek");
    refuseTakenName(project, fields.name);
    return reply(addKmsKey(state, project, { ...fields, description }));
  });

  routes.signedIn("GET", base, (request) => {
    const fields = validate(kmsKeyList, request.query);
    const project = permittedProject(routes, request, fields.projectId, "read", "cmek");
    const found = matchingKeys(project, fields);
    const page = found.slice(fields.offset, fields.offset + fields.limit);
    return { keys: page.map((key) => keyView(key, state.organizationId)), totalCount: found.length };
  });

  routes.signedIn("GET", `${base}/key-name/:keyName`, (request) => {
    const name = validate(keyNameParameter, request.parameter("keyName"));
    const { projectId } = validate(projectQuery, request.query);
    const project = permittedProject(routes, request, projectId, "read", "cmek");
    const key = findKmsKeyByName(project, name);
    if (!key) throw notFound(`Key with name "${name}" not found for project with ID "${projectId}"`);
    return reply(key);
  });

  routes.signedIn("GET", `${base}/:keyId`, (request) => reply(permittedKmsKey(routes, request, "read").key));

  routes.signedIn("PATCH", `${base}/:keyId`, (request) => {
    const { name, isDisabled, description } = validate(kmsKeyUpdate, request.body());
    const { key, project } = permittedKmsKey(routes, request, "edit");
    if (name !== undefined && name !== key.name) refuseTakenName(project, name);
    key.name = name ?? key.name;
    key.isDisabled = isDisabled ?? key.isDisabled;
    key.description = description ?? key.description;
    key.updatedAt = state.timestamp();
    return reply(key);
  });

  routes.signedIn("DELETE", `${base}/:keyId`, (request) => {
    const { key, project } = permittedKmsKey(routes, request, "delete");
    project.kmsKeys.delete(key.id);
    return reply(key);
  });
}

function keyView({ material: _material, ...key }: KmsKey, orgId: string): Record<string, unknown> {
  return { ...key, orgId, isReserved: false, slug: null, version: 1 };
}

function matchingKeys({ kmsKeys }: Project, { search = "", orderDirection }: KmsKeyList): KmsKey[] {
  const sign = orderDirection === "asc" ? 1 : -1;
  return [...kmsKeys.values()]
    .filter(({ name }) => name.includes(search.toLowerCase()))
    .sort((left, right) => (left.name < right.name ? -sign : sign));
}

function refuseTakenName(project: Project, name: string): void {
  if (!findKmsKeyByName(project, name)) return;
  throw badRequest(
    `A KMS key with the name "${name}" already exists for the project with ID "${project.id}"`,
  );
}
