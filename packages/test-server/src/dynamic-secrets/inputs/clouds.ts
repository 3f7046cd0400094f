import { type ZodTypeAny, z } from "zod";
import { trimmed } from "../../routes/schemas.ts";
import { fields, texts } from "./common.ts";

const { statements, gateway } = fields;

const awsIam = {
  region: trimmed,
  credentialType: z.enum(["iam-user", "temporary-credentials"]).default("iam-user"),
  awsPath: trimmed.optional(),
  permissionBoundaryPolicyArn: trimmed.optional(),
  policyDocument: trimmed.optional(),
  userGroups: trimmed.optional(),
  policyArns: trimmed.optional(),
  tags: z.array(z.object({ key: trimmed, value: trimmed })).optional(),
};

/** Sets the method where the inputs name none, as older clients do with access keys. */
function withMethod(inputs: unknown): unknown {
  const nameless = typeof inputs === "object" && inputs !== null && !("method" in inputs);
  return nameless ? { ...inputs, method: "access-key" } : inputs;
}

/** The inputs of cloud providers and their platforms. */
export const cloudInputs: Readonly<Record<string, ZodTypeAny>> = {
  "aws-iam": z.preprocess(
    withMethod,
    z.discriminatedUnion("method", [
      z.object({
        method: z.literal("access-key"),
        accessKey: trimmed,
        secretAccessKey: trimmed,
        ...awsIam,
      }),
      z.object({
        method: z.literal("assume-role"),
        roleArn: trimmed,
        sessionPolicyArns: trimmed.optional(),
        sessionPolicyDocument: trimmed.max(2048).optional(),
        ...awsIam,
      }),
      z.object({ method: z.literal("irsa"), ...awsIam }),
    ]),
  ),
  "aws-elasticache": z.object({
    clusterName: trimmed,
    accessKeyId: trimmed,
    secretAccessKey: trimmed,
    region: trimmed,
    ...statements,
    ca: z.string().optional(),
  }),
  "aws-memorydb": z.object({
    clusterName: trimmed,
    auth: z.object({ type: z.literal("iam"), accessKeyId: trimmed, secretAccessKey: trimmed }),
    region: trimmed,
    ...statements,
  }),
  "azure-entra-id": z.object({
    tenantId: trimmed,
    userId: trimmed,
    email: trimmed,
    applicationId: trimmed,
    clientSecret: trimmed,
  }),
  "gcp-iam": z.object({
    serviceAccountEmail: trimmed.email().max(128),
    tokenScopes: texts.default([
      "https://www.googleapis.com/auth/iam",
      "https://www.googleapis.com/auth/cloud-platform",
    ]),
  }),
  kubernetes: z
    .object({
      authMethod: z.enum(["api", "gateway"]).default("api"),
      url: trimmed.url().optional(),
      clusterToken: trimmed.optional(),
      ca: z.string().optional(),
      sslEnabled: z.boolean().default(false),
      sslRejectUnauthorized: z.boolean().default(true),
      audiences: z.array(trimmed),
      ...gateway,
    })
    .and(
      z.discriminatedUnion("credentialType", [
        z.object({ credentialType: z.literal("static"), serviceAccountName: trimmed, namespace: trimmed }),
        z.object({
          credentialType: z.literal("dynamic"),
          namespace: trimmed,
          roleType: z.enum(["cluster-role", "role"]),
          role: trimmed,
        }),
      ]),
    )
    .superRefine(checkReach),
};

/** The server reaches a cluster directly with a token, or through a gateway. */
function checkReach(inputs: Readonly<Record<string, unknown>>, context: z.RefinementCtx): void {
  const mustHave = (field: string, value: unknown): void => {
    if (!value) context.addIssue({ code: "custom", path: [field], message: `${field} is required` });
  };
  if (inputs["authMethod"] === "gateway") {
    mustHave("gatewayId", inputs["gatewayId"] ?? inputs["gatewayPoolId"]);
    return;
  }
  mustHave("url", inputs["url"]);
  mustHave("clusterToken", inputs["clusterToken"]);
}
