import { z } from "zod";
import { badRequest, unauthorized } from "../api/api-error.ts";
import type { Routes } from "../api/routes.ts";
import { trimmed } from "../api/schemas.ts";
import { getUser } from "../clouds/oci-signature.ts";
import { registerLogin, requireMethod, tokenBody } from "./login.ts";

const signedHeaders = z
  .object({
    authorization: z.string(),
    host: z.string(),
    "x-date": z.string().optional(),
    date: z.string().optional(),
  })
  .superRefine((headers, context) => {
    if (headers.date || headers["x-date"]) return;
    const message = "Either date or x-date must be provided";
    context.addIssue({ code: "custom", message, path: ["headers", "date"] });
  });

const loginBody = tokenBody.omit({ jwt: true }).extend({ userOcid: trimmed, headers: signedHeaders });

/** The only hosts that the server calls: those of realm OC1. */
const hostPattern = /^identity\.([a-z]{2}-[a-z]+-[1-9])\.oraclecloud\.com$/;

/** The login of machine identities as a user of Oracle Cloud, by a signed request for that user. */
export function registerOciAuth(routes: Routes): void {
  const { state } = routes;
  registerLogin(routes, {
    authMethod: "oci-auth",
    body: loginBody,
    prove: async ({ identityId, userOcid, headers }) => {
      const proven = requireMethod(state, identityId, {
        name: "OCI auth",
        method: ({ ociAuth }) => ociAuth,
      });
      const { tenancyOcid, allowedUsernames, users } = proven.method;
      if (!hostPattern.test(headers.host)) {
        throw badRequest("Invalid OCI host format. Expected format: identity.<region>.oraclecloud.com");
      }
      const user = await getUser({ userOcid, headers }, users, state.clock.now());
      if (user.compartmentId !== tenancyOcid) {
        throw unauthorized("Access denied: OCI account isn't part of tenancy.");
      }
      if (allowedUsernames && !allowedUsernames.includes(user.name)) {
        throw unauthorized("Access denied: OCI account username not allowed.");
      }
      return proven;
    },
  });
}
