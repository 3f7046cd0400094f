import type { Call } from "../api/http.ts";
import { type Claims, requireDecoded, TokenFlaw, verifyToken } from "../auth/json-web-token.ts";
import type { TokenIssuer } from "./token-issuer.ts";

/** The audience of the tokens that Azure exchanges. */
export const federatedAudience = "api://AzureADTokenExchange";

/** An application of a tenant, and the service account that it trusts. */
export interface Application {
  readonly clusterIssuer: TokenIssuer;
  readonly subject: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly objectId: string;
}

/** Why the endpoint refuses a request: the kind of error, Azure's number and its text. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly kind: string;
  readonly code: number;

  constructor(kind: string, code: number, message: string) {
    super(message);
    this.kind = kind;
    this.code = code;
  }
}

/** The fields of a form. */
function fieldsOf({ bodyText }: Call): URLSearchParams {
  return new URLSearchParams(bodyText ?? "");
}

/** The resource for which a request asks by a token of the service account. Throws {@link Refusal}. */
export async function requestedResource(call: Call, application: Application, now: number): Promise<string> {
  const resource = resourceOf(call, application);
  checkAssertion(await verifiedAssertion(call, application, now), application);
  return resource;
}

/** The resource of the scope. Throws for a request of another kind, tenant or application. */
function resourceOf(call: Call, { tenantId, clientId }: Application): string {
  const form = fieldsOf(call);
  const kind = form.get("client_assertion_type");
  const isForm = call.headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  if (!isForm || form.get("grant_type") !== "client_credentials") {
    throw new Refusal("invalid_request", 900144, "The request body must contain the parameter 'grant_type'.");
  }
  if (call.path !== `/${tenantId}/oauth2/v2.0/token`) {
    throw new Refusal("invalid_request", 90002, "The tenant was not found.");
  }
  if (form.get("client_id") !== clientId) {
    throw new Refusal("unauthorized_client", 700016, "The application was not found in the directory.");
  }
  const [, resource] = /^(.+)\/\.default$/.exec(form.get("scope") ?? "") ?? [];
  if (!resource) {
    throw new Refusal("invalid_scope", 1002012, "The scope is not valid: it must end in /.default.");
  }
  if (kind !== "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" || !form.get("client_assertion")) {
    const message = "The request body must contain 'client_assertion' or 'client_secret'.";
    throw new Refusal("invalid_client", 7000218, message);
  }
  return resource;
}

async function verifiedAssertion(call: Call, { clusterIssuer }: Application, now: number): Promise<Claims> {
  const assertion = fieldsOf(call).get("client_assertion") ?? "";
  try {
    const { kid } = requireDecoded(assertion);
    const key = (await clusterIssuer.jwks()).keys.find((one) => one["kid"] === kid);
    if (!key) throw new Error("The key is unknown");
    return await verifyToken(assertion, key, { now });
  } catch (error) {
    if (error instanceof TokenFlaw && error.message === "jwt expired") {
      throw new Refusal("invalid_client", 700024, "Client assertion is not within its valid time range.");
    }
    throw new Refusal("invalid_client", 700027, "The client assertion contains an invalid signature.");
  }
}

function checkAssertion({ iss, sub, aud }: Claims, { clusterIssuer, subject }: Application): void {
  if (iss !== clusterIssuer.issuer) {
    throw new Refusal(
      "invalid_client",
      700211,
      "No matching federated identity record found for presented assertion issuer.",
    );
  }
  if (sub !== subject) {
    throw new Refusal(
      "invalid_client",
      700213,
      "No matching federated identity record found for presented assertion subject.",
    );
  }
  if (![aud].flat().includes(federatedAudience)) {
    throw new Refusal(
      "invalid_client",
      700212,
      "No matching federated identity record found for presented assertion audience.",
    );
  }
}
