import { z } from "zod";
import { isAllowed, parsePrincipal } from "../aws/principal.ts";
import { getCallerIdentity } from "../aws/security-token-service.ts";
import type { SignedRequest } from "../aws/signed-request.ts";
import { badRequest, notFound, unauthorized } from "../http/api-error.ts";
import type { Routes } from "../http/routes.ts";
import { validate } from "../http/validate.ts";
import type { AwsAuth } from "../state/entities.ts";
import { requireOrganization } from "./organization.ts";
import { slug, trimmed } from "./schemas.ts";

const loginBody = z.object({
  identityId: trimmed,
  iamHttpRequestMethod: z.string().default("POST"),
  iamRequestBody: z.string(),
  iamRequestHeaders: z.string(),
  organizationSlug: slug(1, 32).optional(),
});

/** The login of machine identities by AWS: the body contains a signed request that proves the AWS identity. */
export function registerAwsAuth(routes: Routes): void {
  const { state } = routes;
  routes.public("POST", "/api/v1/auth/aws-auth/login", (request) => {
    const { identityId, organizationSlug, ...signed } = validate(loginBody, request.body());
    const identity = state.identities.byId(identityId);
    const method = identity?.awsAuth;
    if (!identity || !method) {
      throw notFound(`AWS auth method not found for identity ${identityId}, did you configure AWS auth?`);
    }
    const { region, ...awsRequest } = decode(signed);
    const endpoint = method.stsEndpoint ?? `https://sts.${region}.amazonaws.com`;
    const arn = getCallerIdentity(awsRequest, endpoint, state.identities.awsCredentials(), state.clock.now());
    refuseUnlessAllowed(arn, method);
    requireOrganization(state, organizationSlug);
    return state.accessTokens.login(identity, {
      authMethod: "aws-auth",
      clientSecretId: undefined,
      ...method,
    });
  });
}

type EncodedRequest = Pick<
  z.output<typeof loginBody>,
  "iamHttpRequestMethod" | "iamRequestBody" | "iamRequestHeaders"
>;

/** Decodes the signed request as the server does. A value that is not JSON makes it throw, which results in a 500. */
function decode(encoded: EncodedRequest): SignedRequest & { readonly region: string } {
  const headers: Record<string, string> = JSON.parse(fromBase64(encoded.iamRequestHeaders));
  const authorization = headers["Authorization"] ?? headers["authorization"];
  const credential = String(authorization)
    .split(" ")
    .find((part) => part.startsWith("Credential="));
  const region = credential?.split("/")[2] ?? "";
  if (!/^[a-z0-9-]{1,20}$/.test(region)) throw badRequest("Invalid AWS region");
  return {
    method: encoded.iamHttpRequestMethod,
    headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
    body: fromBase64(encoded.iamRequestBody),
    region,
  };
}

function refuseUnlessAllowed(arn: string, { allowedAccountIds, allowedPrincipalArns }: AwsAuth): void {
  const principal = parsePrincipal(arn);
  if (principal.isRoot) throw unauthorized("Access denied: AWS account root principals are not allowed.");
  if (allowedAccountIds.length > 0 && !allowedAccountIds.includes(principal.accountId)) {
    throw unauthorized("Access denied: AWS account ID not allowed.");
  }
  if (!isAllowed(principal, allowedPrincipalArns)) {
    throw unauthorized("Access denied: AWS principal ARN not allowed.");
  }
}

function fromBase64(text: string): string {
  return Buffer.from(text, "base64").toString();
}
