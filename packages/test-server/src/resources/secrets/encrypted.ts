import { z } from "zod";
import { ApiError } from "../../api/api-error.ts";
import type { Routes } from "../../api/routes.ts";
import { trimmed, validate } from "../../api/schemas.ts";
import { secretType } from "./fields.ts";

const parts = (name: string) => ({
  [`${name}Ciphertext`]: trimmed,
  [`${name}IV`]: trimmed,
  [`${name}Tag`]: trimmed,
});
const place = {
  workspaceId: trimmed,
  environment: trimmed,
  type: secretType.default("shared"),
  secretPath: trimmed.default("/"),
};

/**
 * The routes of end-to-end encrypted secrets, which no current project has. Requests without a name of the secret arrive
 * here, as do those with a name of dots that a URL library has resolved: without encrypted values, they are not valid.
 */
export function registerEncryptedSecrets(routes: Routes): void {
  const one = "/api/v3/secrets/:secretName";
  const refuse = (method: "POST" | "PATCH", body: z.ZodTypeAny): void =>
    routes.authenticated(method, one, (request) => {
      validate(body, request.body());
      const message = "@infisical/test-server does not implement end-to-end encrypted secrets";
      throw new ApiError(501, "NotImplemented", message);
    });
  routes.authenticated("GET", "/api/v3/secrets", () => ({ secrets: [] }));
  refuse("POST", z.object({ ...place, ...parts("secretKey"), ...parts("secretValue") }));
  refuse("PATCH", z.object({ ...place, ...parts("secretValue") }));
}
