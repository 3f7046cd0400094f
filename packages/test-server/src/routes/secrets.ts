import type { AuthenticatedRequest, Routes } from "../http/routes.ts";
import { requireProject, type SecretLocation } from "../secrets/find-location.ts";
import { getSecret, listSecrets } from "../secrets/read-secrets.ts";
import { createSecret, deleteSecret, updateSecret, type WriteContext } from "../secrets/write-secret.ts";
import type { ProjectFields, SecretsApiVersion } from "./project-fields.ts";
import { readGetRequest, readListRequest } from "./secret-read-requests.ts";
import { readCreateRequest, readDeleteRequest, readUpdateRequest } from "./secret-write-requests.ts";

interface LocationFields extends ProjectFields {
  readonly environment: string;
  readonly secretPath: string;
}

/** Reads, writes and lists of single secrets. The API versions differ only in field names. */
export function registerSecrets(routes: Routes, apiVersion: SecretsApiVersion, base: string): void {
  const { state } = routes;
  const one = `${base}/:secretName`;

  const locationOf = (fields: LocationFields): SecretLocation => ({
    project: requireProject(state, {
      id: fields.workspaceId ?? fields.projectId,
      slug: fields.projectSlug,
    }),
    environment: fields.environment,
    path: fields.secretPath,
  });
  const contextOf = (request: AuthenticatedRequest, fields: LocationFields): WriteContext => ({
    state,
    identity: request.identity,
    location: locationOf(fields),
  });

  routes.authenticated("GET", base, (request) => {
    const options = readListRequest(apiVersion, request.query);
    return listSecrets(request.identity, locationOf(options), options);
  });
  routes.authenticated("GET", one, (request) => {
    const options = readGetRequest(apiVersion, request.query);
    return getSecret(request.identity, locationOf(options), request.parameter("secretName"), options);
  });
  routes.authenticated("POST", one, (request) => {
    const fields = readCreateRequest(apiVersion, request.body());
    return createSecret(contextOf(request, fields), request.parameter("secretName"), fields, fields.type);
  });
  routes.authenticated("PATCH", one, (request) => {
    const fields = readUpdateRequest(apiVersion, request.body());
    return updateSecret(contextOf(request, fields), request.parameter("secretName"), fields, fields.type);
  });
  routes.authenticated("DELETE", one, (request) => {
    const fields = readDeleteRequest(apiVersion, request.body());
    return deleteSecret(contextOf(request, fields), request.parameter("secretName"), fields.type);
  });
}
