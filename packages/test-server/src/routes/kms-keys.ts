import { badRequest, notFound } from "../http/api-error.ts";
import type { Routes } from "../http/routes.ts";
import { validate } from "../http/validate.ts";
import type { KmsKey, Project } from "../state/entities.ts";
import { addKmsKey, findKmsKeyByName } from "../state/kms-keys.ts";
import { permittedProject } from "./find-project.ts";
import {
  type KmsKeyList,
  keyNameParameter,
  kmsKeyCreation,
  kmsKeyList,
  kmsKeyUpdate,
  projectQuery,
} from "./kms-requests.ts";
import { permittedKmsKey } from "./permitted-kms-key.ts";

const base = "/api/v1/kms/keys";

/** The KMS keys of a project. */
export function registerKmsKeys(routes: Routes): void {
  const { state } = routes;
  const keyResponse = (key: KmsKey): unknown => ({ key: keyView(key, state.organizationId) });

  routes.authenticated("POST", base, (request) => {
    const { projectId, description = null, ...fields } = validate(kmsKeyCreation, request.body());
    const project = permittedProject(routes, request, projectId, "create", "cmek");
    requireFreeName(project, fields.name);
    return keyResponse(addKmsKey(state, project, { ...fields, description }));
  });

  routes.authenticated("GET", base, (request) => {
    const fields = validate(kmsKeyList, request.query);
    const project = permittedProject(routes, request, fields.projectId, "read", "cmek");
    const found = matchingKeys(project, fields);
    const page = found.slice(fields.offset, fields.offset + fields.limit);
    return { keys: page.map((key) => keyView(key, state.organizationId)), totalCount: found.length };
  });

  routes.authenticated("GET", `${base}/key-name/:keyName`, (request) => {
    const name = validate(keyNameParameter, request.parameter("keyName"));
    const { projectId } = validate(projectQuery, request.query);
    const project = permittedProject(routes, request, projectId, "read", "cmek");
    const key = findKmsKeyByName(project, name);
    if (!key) throw notFound(`Key with name "${name}" not found for project with ID "${projectId}"`);
    return keyResponse(key);
  });

  routes.authenticated("GET", `${base}/:keyId`, (request) =>
    keyResponse(permittedKmsKey(routes, request, "read").key),
  );

  routes.authenticated("PATCH", `${base}/:keyId`, (request) => {
    const { name, isDisabled, description } = validate(kmsKeyUpdate, request.body());
    const { key, project } = permittedKmsKey(routes, request, "edit");
    if (name !== undefined && name !== key.name) requireFreeName(project, name);
    key.name = name ?? key.name;
    key.isDisabled = isDisabled ?? key.isDisabled;
    key.description = description ?? key.description;
    key.updatedAt = state.timestamp();
    return keyResponse(key);
  });

  routes.authenticated("DELETE", `${base}/:keyId`, (request) => {
    const { key, project } = permittedKmsKey(routes, request, "delete");
    project.kmsKeys.delete(key.id);
    return keyResponse(key);
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

function requireFreeName(project: Project, name: string): void {
  if (!findKmsKeyByName(project, name)) return;
  throw badRequest(
    `A KMS key with the name "${name}" already exists for the project with ID "${project.id}"`,
  );
}
