import type { EtagForm } from "../../api/http.ts";
import type { Method, Routes } from "../../api/routes.ts";
import { createSecrets, deleteSecrets, updateSecrets } from "./batch.ts";
import { registerEncryptedSecrets } from "./encrypted.ts";
import { moveSecrets } from "./move.ts";
import { getSecret, getSecretById, listSecrets, listVersions } from "./read.ts";
import type { SecretsRequest } from "./visit.ts";
import { createSecret, deleteSecret, updateSecret } from "./write.ts";

/** The secrets of both API versions. Where paths overlap, the fixed one comes before the one with a name. */
export function registerSecrets(routes: Routes): void {
  for (const version of ["v3", "v4"] as const) {
    const base = version === "v3" ? "/api/v3/secrets/raw" : "/api/v4/secrets";
    const batch = version === "v3" ? "/api/v3/secrets/batch/raw" : `${base}/batch`;
    const one = `${base}/:secretName`;
    const { state } = routes;
    const add = (
      method: Method,
      path: string,
      handle: (request: SecretsRequest) => unknown,
      etag?: EtagForm,
    ): void => routes.authenticated(method, path, (request) => handle({ ...request, state, version }), etag);

    add("POST", batch, createSecrets);
    add("PATCH", batch, updateSecrets);
    add("DELETE", batch, deleteSecrets);
    add("POST", `/api/${version}/secrets/move`, moveSecrets);
    add("GET", `${base}/id/:secretId`, getSecretById);
    for (const tree of ["secret-references", "secret-reference-tree", "reference-dependency-tree"]) {
      routes.forUsers("GET", `${one}/${tree}`);
    }
    add("GET", base, listSecrets, "sha256");
    add("GET", one, getSecret);
    add("POST", one, createSecret);
    add("PATCH", one, updateSecret);
    add("DELETE", one, deleteSecret);
  }
  registerEncryptedSecrets(routes);
  routes.authenticated("GET", "/api/v1/secret/:secretId/secret-versions", (request) =>
    listVersions({ ...request, state: routes.state }),
  );
}
