import type { TokenSourceContext } from "@infisical/core";
import { readJwt, readTextFile, readVariable, tokenUnavailable } from "@infisical/core/authoring";
import { addressOf, failed, type TokenQuery, type TokenRequest } from "./platform-token.ts";

/** The request that exchanges the federated token of a pod at its tenant; `undefined` if there is none. */
export async function federatedRequest(
  query: TokenQuery,
  context: TokenSourceContext,
): Promise<TokenRequest | undefined> {
  const file = readVariable("AZURE_FEDERATED_TOKEN_FILE");
  if (file === undefined) return undefined;
  const tenant = readVariable("AZURE_TENANT_ID")?.trim();
  const clientId = query.clientId ?? readVariable("AZURE_CLIENT_ID")?.trim();
  if (!tenant || !clientId) {
    const missing = tenant ? "AZURE_CLIENT_ID (or clientId)" : "AZURE_TENANT_ID";
    throw failed(
      `${missing} is not set, though AZURE_FEDERATED_TOKEN_FILE is: check the label azure.workload.identity/use of the pod and ` +
        "the annotations of its service account.",
    );
  }
  const assertion = await readFederatedToken(file, context);
  const host = readVariable("AZURE_AUTHORITY_HOST") ?? "https://login.microsoftonline.com/";
  const path = `/${encodeURIComponent(tenant)}/oauth2/v2.0/token`;
  return {
    platform: "The token endpoint of the Azure tenant",
    method: "POST",
    url: addressOf("AZURE_AUTHORITY_HOST", host, {}, path),
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      scope: `${query.resource}/.default`,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertion,
    }).toString(),
    credentials: [assertion],
    advice:
      "The application's federated credential must have the issuer, subject and audience of the token in " +
      `${file}; check AZURE_TENANT_ID, the client id and the resource too.`,
  };
}

/** Reads the token that the kubelet replaces before it expires; never kept. */
async function readFederatedToken(path: string, { clock }: TokenSourceContext): Promise<string> {
  const file = await readTextFile(path);
  const where = `The federated token file ${path} (from AZURE_FEDERATED_TOKEN_FILE)`;
  if ("reason" in file) {
    const text = `${where} cannot be read (${file.reason}).`;
    throw /^(?:ENOENT|NO_FILES)$/.test(file.reason) ? tokenUnavailable(text) : failed(text);
  }
  const token = file.text.trim();
  if (token === "") throw failed(`${where} is empty.`);
  const { exp } = readJwt(token).claims;
  const now = clock?.now() ?? Date.now();
  if (typeof exp !== "number" || exp * 1000 > now || exp > 8.64e12) return token;
  const [ended, current] = [exp * 1000, now].map((time) => new Date(time).toISOString());
  throw failed(`The token in ${path} expired at ${ended}; it is ${current} by this machine's clock.`);
}
