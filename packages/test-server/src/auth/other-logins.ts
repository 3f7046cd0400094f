import { badRequest } from "../api/api-error.ts";
import type { Routes } from "../api/routes.ts";
import { registerLogin, requireMethod, tokenBody } from "./login.ts";

/** The header in which a proxy passes the certificate of a TLS connection on. */
const certificateHeader = "x-identity-tls-cert-auth-client-cert";

/** The logins by methods that no identity of this server has. They refuse as a server where none is configured. */
export function registerOtherLogins(routes: Routes): void {
  const { state } = routes;
  const refuse = (identityId: string, name: string): never => {
    requireMethod(state, identityId, { name, method: () => undefined });
    throw new Error(`No identity has ${name}`);
  };

  registerLogin(routes, {
    authMethod: "tls-cert-auth",
    body: tokenBody.omit({ jwt: true }),
    prove: ({ identityId }, { call }) => {
      if (!call.headers[certificateHeader]) throw badRequest("Missing TLS certificate in header");
      return refuse(identityId, "TLS Certificate auth");
    },
  });
}
