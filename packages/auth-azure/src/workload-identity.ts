import type { TokenSourceContext } from "@infisical/core";
import { addressFrom, readVariable } from "@infisical/core/authoring";
import { readJwt, requirePath, requireTextFile } from "@infisical/core/logins";
import { failed, type TokenQuery, type TokenRequest } from "./token-request.ts";

const fileVariable = "AZURE_FEDERATED_TOKEN_FILE";

/** The request that exchanges the federated token of a pod at its tenant; `undefined` if there is none. */
export async function federatedRequest(
  query: TokenQuery,
  context: TokenSourceContext,
): Promise<TokenRequest | undefined> {
  const named = readVariable(fileVariable);
  if (named === undefined) return undefined;
  const file = requirePath(fileVariable, named);
  const tenant = readVariable("AZURE_TENANT_ID");
  const clientId = query.clientId ?? readVariable("AZURE_CLIENT_ID");
  if (!tenant || !clientId) {
    const missing = tenant ? "AZURE_CLIENT_ID (or clientId)" : "AZURE_TENANT_ID";
    throw failed(`${missing} is not set, though ${fileVariable} is: annotate the service account.`);
  }
  const assertion = await readFederatedToken(file, context);
  const host = readVariable("AZURE_AUTHORITY_HOST") ?? "https://login.microsoftonline.com/";
  const authority = addressFrom("AZURE_AUTHORITY_HOST", host);
  authority.pathname += `${authority.pathname.endsWith("/") ? "" : "/"}${encodeURIComponent(tenant)}/oauth2/v2.0/token`;
  return {
    platform: "The token endpoint of the Azure tenant",
    method: "POST",
    url: authority.href,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      scope: `${query.resource}/.default`,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertion,
    }).toString(),
    credentials: [assertion],
    advice: `Check the federated credential of the application (issuer, subject and audience of ${file}), the tenant and the resource.`,
  };
}

/** Reads the token that the kubelet replaces before it expires; never kept. */
async function readFederatedToken(path: string, context: TokenSourceContext): Promise<string> {
  const what = "The federated token file";
  const token = await requireTextFile(what, path);
  const { exp } = readJwt(token).claims;
  const now = context.now?.() ?? Date.now();
  if (typeof exp !== "number" || exp * 1000 > now || exp > 8.64e12) return token;
  const [ended, current] = [exp * 1000, now].map((time) => new Date(time).toISOString());
  throw failed(
    `${what} ${path} expired at ${ended}; it is ${current} by this machine's clock, which may be wrong.`,
  );
}
