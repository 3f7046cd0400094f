import type { Routes, SignedInRequest } from "../http/routes.js";
import { requireProject, type SecretPlace } from "../secrets/find-place.js";
import { getSecret, listSecrets } from "../secrets/read-secrets.js";
import { createSecret, deleteSecret, updateSecret, type WriteContext } from "../secrets/write-secret.js";
import type { ProjectFields, Spelling } from "./project-fields.js";
import { readGetRequest, readListRequest } from "./secret-read-requests.js";
import { readCreateRequest, readDeleteRequest, readUpdateRequest } from "./secret-write-requests.js";

interface PlaceFields extends ProjectFields {
  readonly environment: string;
  readonly secretPath: string;
}

/** Reading and writing secrets one by one, and listing them: the same in both APIs but for the spelling. */
export function registerSecrets(routes: Routes, spelling: Spelling, base: string): void {
  const { state } = routes;
  const one = `${base}/:secretName`;

  const placeOf = (fields: PlaceFields): SecretPlace => ({
    project: requireProject(state, {
      id: fields.workspaceId ?? fields.projectId,
      slug: fields.projectSlug,
    }),
    environment: fields.environment,
    path: fields.secretPath,
  });
  const contextOf = (request: SignedInRequest, fields: PlaceFields): WriteContext => ({
    state,
    identity: request.identity,
    place: placeOf(fields),
  });

  routes.signedIn("GET", base, (request) => {
    const options = readListRequest(spelling, request.query);
    return listSecrets(request.identity, placeOf(options), options);
  });
  routes.signedIn("GET", one, (request) => {
    const options = readGetRequest(spelling, request.query);
    return getSecret(request.identity, placeOf(options), request.parameter("secretName"), options);
  });
  routes.signedIn("POST", one, (request) => {
    const fields = readCreateRequest(spelling, request.body());
    return createSecret(contextOf(request, fields), request.parameter("secretName"), fields, fields.type);
  });
  routes.signedIn("PATCH", one, (request) => {
    const fields = readUpdateRequest(spelling, request.body());
    return updateSecret(contextOf(request, fields), request.parameter("secretName"), fields, fields.type);
  });
  routes.signedIn("DELETE", one, (request) => {
    const fields = readDeleteRequest(spelling, request.body());
    return deleteSecret(contextOf(request, fields), request.parameter("secretName"), fields.type);
  });
}
