import { type ZodType, type ZodTypeDef, z } from "zod";
import type { Routes } from "../api/routes.ts";
import { trimmed } from "../api/schemas.ts";
import { organizationSlug, registerLogin, requireMethod, tokenBody } from "./login.ts";

type RefusedBody = Pick<z.output<typeof tokenBody>, "identityId" | "organizationSlug">;

/** Text that matches a pattern, with the server's own message if it does not. */
function text(pattern: RegExp, message: string) {
  return z.string().refine((value) => pattern.test(value), { message });
}

const timestamp = { message: "Timestamp must be in YYYY-MM-DDTHH:mm:ssZ format" };

const alibabaCloudBody = z.object({
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

const oracleCloudHeaders = z
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

const oracleCloudBody = tokenBody
  .omit({ jwt: true })
  .extend({ userOcid: trimmed, headers: oracleCloudHeaders });

/** The logins by methods that no identity of this server has. They refuse as a server where none is configured. */
export function registerOtherLogins(routes: Routes): void {
  const { state } = routes;
  const refuse = (identityId: string, name: string): never => {
    requireMethod(state, identityId, { name, method: () => undefined });
    throw new Error(`No identity has ${name}`);
  };

  for (const [authMethod, name, body] of [
    ["alicloud-auth", "Alibaba Cloud auth", alibabaCloudBody],
    ["oci-auth", "OCI auth", oracleCloudBody],
  ] as const) {
    const schema: ZodType<RefusedBody, ZodTypeDef, unknown> = body;
    registerLogin(routes, { authMethod, body: schema, prove: ({ identityId }) => refuse(identityId, name) });
  }
}
