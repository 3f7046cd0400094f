import { z } from "zod";
import { badRequest, unauthorized } from "../api/api-error.ts";
import type { Routes } from "../api/routes.ts";
import { trimmed } from "../api/schemas.ts";
import { getCallerIdentity, type SignedRequest } from "../clouds/aws-signature.ts";
import { fromBase64, fromUtf8 } from "../engine/bytes.ts";
import type { AwsAuth } from "./identities.ts";
import { matchesPattern, organizationSlug, registerLogin, requireMethod } from "./login.ts";

const loginBody = z.object({
  identityId: trimmed,
  iamHttpRequestMethod: z.string().default("POST"),
  iamRequestBody: z.string(),
  iamRequestHeaders: z.string(),
  organizationSlug,
});

/** The login of machine identities by AWS: the body contains a signed request that proves the AWS identity. */
export function registerAwsAuth(routes: Routes): void {
  const { state } = routes;
  registerLogin(routes, {
    authMethod: "aws-auth",
    body: loginBody,
    prove: (body) => {
      const proven = requireMethod(state, body.identityId, {
        name: "AWS auth",
        method: ({ awsAuth }) => awsAuth,
      });
      const { region, ...signed } = decode(body);
      const endpoint = proven.method.stsEndpoint ?? `https://sts.${region}.amazonaws.com`;
      const credentials = state.identities.awsCredentials();
      const arn = getCallerIdentity(signed, endpoint, credentials, state.clock.now());
      refuseUnlessAllowed(arn, proven.method);
      return proven;
    },
  });
}

/** Decodes the signed request as the server does. A value that is not JSON makes it throw, which results in a 500. */
function decode(body: z.output<typeof loginBody>): SignedRequest & { readonly region: string } {
  const headers: Record<string, string> = JSON.parse(decoded(body.iamRequestHeaders));
  const authorization = headers["Authorization"] || headers["authorization"];
  const credential = String(authorization)
    .split(" ")
    .find((part) => part.startsWith("Credential="));
  const region = credential?.split("/")[2] ?? "";
  if (!/^[a-z0-9-]{1,20}$/.test(region)) throw badRequest("Invalid AWS region");
  return {
    method: body.iamHttpRequestMethod,
    headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
    body: decoded(body.iamRequestBody),
    region,
  };
}

function decoded(base64: string): string {
  return fromUtf8(fromBase64(base64));
}

function refuseUnlessAllowed(
  arn: string,
  { allowedAccountIds = [], allowedPrincipalArns = [] }: AwsAuth,
): void {
  const [, partition = "aws", service, , accountId = "", resource = ""] = arn.split(":");
  if (resource === "root") {
    throw unauthorized("Access denied: AWS account root principals are not allowed.");
  }
  if (allowedAccountIds.length > 0 && !allowedAccountIds.includes(accountId)) {
    throw unauthorized("Access denied: AWS account ID not allowed.");
  }
  // A role session counts as its role, and both forms of a name count: without and with its path.
  const [kind = "", ...path] = resource.split("/");
  const names =
    service === "sts" && kind === "assumed-role" ? ["role", ...path.slice(0, -1)] : [kind, ...path];
  const [short = "", long = ""] = [[names[0], names.at(-1)], names].map(
    (parts) => `arn:${partition}:iam::${accountId}:${parts.join("/")}`,
  );
  const isAllowed = (pattern: string): boolean =>
    matchesPattern(short, pattern) || matchesPattern(long, pattern);
  if (allowedPrincipalArns.length > 0 && !allowedPrincipalArns.some(isAllowed)) {
    throw unauthorized(`Access denied: AWS principal ARN not allowed. [principal-arn=${short}]`);
  }
}
