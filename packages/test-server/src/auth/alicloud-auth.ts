import { z } from "zod";
import { unauthorized } from "../api/api-error.ts";
import type { Routes } from "../api/routes.ts";
import { trimmed } from "../api/schemas.ts";
import { getAlicloudArn } from "../clouds/alicloud-signature.ts";
import { organizationSlug, registerLogin, requireMethod } from "./login.ts";

/** Text that matches a pattern, with the server's own message if it does not. */
function text(pattern: RegExp, message: string) {
  return z.string().refine((value) => pattern.test(value), { message });
}

const timestamp = { message: "Timestamp must be in YYYY-MM-DDTHH:mm:ssZ format" };

const loginBody = z.object({
  identityId: trimmed,
  Action: z.enum(["GetCallerIdentity"]),
  Format: z.enum(["JSON"]),
  Version: text(/^\d{4}-\d{2}-\d{2}$/, "Version must be in YYYY-MM-DD format"),
  AccessKeyId: text(/^[A-Za-z0-9]+$/, "AccessKeyId must be alphanumeric"),
  organizationSlug,
  SignatureMethod: z.enum(["HMAC-SHA1"]),
  Timestamp: z
    .string()
    .datetime(timestamp)
    .refine((value) => value.endsWith("Z"), timestamp),
  SignatureVersion: z.enum(["1.0"]),
  SignatureNonce: text(
    /^[a-zA-Z0-9-_.]+$/,
    "SignatureNonce must be at least 1 character long and contain only URL-safe characters (alphanumeric, -, _, .)",
  ),
  Signature: text(/^[A-Za-z0-9+/=]+$/, "Signature must be base64 characters"),
});

/** The login of machine identities as a user of Alibaba Cloud: the body contains the signed parameters of a request to STS. */
export function registerAlicloudAuth(routes: Routes): void {
  const { state } = routes;
  registerLogin(routes, {
    authMethod: "alicloud-auth",
    body: loginBody,
    prove: ({ identityId, organizationSlug: _, ...parameters }) => {
      const proven = requireMethod(state, identityId, {
        name: "Alibaba Cloud auth",
        method: ({ alicloudAuth }) => alicloudAuth,
      });
      const { accessKeys, nonces, allowedArns } = proven.method;
      const arn = getAlicloudArn(parameters, accessKeys, nonces, state.clock.now());
      if (allowedArns && !allowedArns.includes(arn)) {
        throw unauthorized("Access denied: Alibaba Cloud account ARN not allowed.");
      }
      return proven;
    },
  });
}
