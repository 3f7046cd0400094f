import { type ZodObject, type ZodRawShape, type ZodTypeAny, z } from "zod";
import { trimmed } from "../../api/schemas.ts";

const text = trimmed.min(1);
const texts = z.array(text).min(1);

/** Inputs that are not plain text, whatever the provider. */
const known: ZodRawShape = {
  host: trimmed.toLowerCase(),
  port: z.number(),
  ca: z.string().optional(),
  sslRejectUnauthorized: z.boolean().default(true),
  gatewayId: z.string().nullish(),
  gatewayPoolId: z.string().nullish(),
  passwordRequirements: passwordRequirements({ shortest: 1, longest: 250, least: 0 }),
};

/**
 * Inputs by their names: of text, `a` may be empty, `a!` must not be, and `a?` can be missing. Those that are
 * neither text nor known to all providers come with their schemas.
 */
function inputs(names: string, special: ZodRawShape = {}) {
  const shape: ZodRawShape = {};
  for (const word of names.split(" ")) {
    const name = word.replace(/[!?]$/, "");
    const plain = word.endsWith("!") ? text : word.endsWith("?") ? trimmed.optional() : trimmed;
    shape[name] = special[name] ?? known[name] ?? plain;
  }
  return z.object({ ...shape, ...special });
}

export type PasswordRules = NonNullable<z.infer<ReturnType<typeof passwordRequirements>>>;

/** Inputs that depend on the value of one of them. */
function inputsBy(field: string, variants: Readonly<Record<string, ZodObject<ZodRawShape>>>) {
  const [first = z.object({ [field]: z.never() }), ...others] = Object.entries(variants).map(
    ([value, variant]) => z.object({ [field]: z.literal(value), ...variant.shape }),
  );
  return z.discriminatedUnion(field, [first, ...others]);
}

/** Fills in a field that a union needs and older clients leave out. */
function withDefault(field: string, value: string, schema: ZodTypeAny) {
  return z.preprocess((given) => {
    const isWithout = typeof given === "object" && given !== null && !(field in given);
    return isWithout ? { ...given, [field]: value } : given;
  }, schema);
}

/** The rules for generated passwords, within limits. */
function passwordRequirements(limits: { shortest: number; longest: number; least: number }) {
  const tooMany = "Sum of required characters cannot exceed";
  const count = z.number().min(limits.least);
  const sum = (required: Record<string, number>) => Object.values(required).reduce((all, each) => all + each);
  const required = z
    .object({ lowercase: count, uppercase: count, digits: count, symbols: count })
    .refine((counts) => sum(counts) <= limits.longest, `${tooMany} ${limits.longest}`);
  const length = z.number().min(limits.shortest).max(limits.longest);
  return z
    .object({ length, required, allowedSymbols: z.string().optional() })
    .refine((rules) => sum(rules.required) <= rules.length, `${tooMany} the total length`)
    .optional();
}

const statements = "creationStatement revocationStatement";
const address = "host port username password";
const sql = `${address} database passwordRequirements`;
const tls = "ca sslRejectUnauthorized";
const gateway = "gatewayId gatewayPoolId";

function awsIam(names: string) {
  const optional = "awsPath? permissionBoundaryPolicyArn? policyDocument? userGroups? policyArns?";
  return inputs(`credentialType ${names}region! ${optional}`, {
    credentialType: z.enum(["iam-user", "temporary-credentials"]).default("iam-user"),
    tags: z.array(z.object({ key: text, value: trimmed.default("") })).optional(),
  });
}

function kubernetes(names: string, special: ZodRawShape = {}) {
  return inputs(`url clusterToken? ca sslEnabled sslRejectUnauthorized ${names} ${gateway}`, {
    url: z
      .string()
      .optional()
      .refine(
        (url) => !url || /^https?:\/\/.+/.test(url),
        "Invalid URL. Must start with http:// or https:// (e.g. https://example.com)",
      ),
    sslEnabled: z.boolean().default(false),
    audiences: z.array(text),
    authMethod: z.enum(["gateway", "api"]).default("api"),
    ...special,
  });
}

/** A cluster is reached directly with a token, or through a gateway. */
function checkReach(inputs: Readonly<Record<string, unknown>>, context: z.RefinementCtx): void {
  const refuse = (field: string, message: string) =>
    context.addIssue({ path: [field], code: "custom", message });
  if (inputs["authMethod"] === "gateway") {
    const missing = "When auth method is set to Gateway, a gateway or gateway pool must be selected";
    if (!inputs["gatewayId"] && !inputs["gatewayPoolId"]) refuse("gatewayId", missing);
    return;
  }
  const missing = "When auth method is set to Token, a cluster";
  if (!inputs["clusterToken"]) refuse("clusterToken", `${missing} token must be provided`);
  if (!inputs["url"]) refuse("url", `${missing} URL must be provided`);
}

const milvusPrivilege = inputs("objectType! objectName privilege!", {
  objectName: text.default("*"),
  dbName: text.optional(),
});

const couchbaseScopes = z.array(inputs("name!", { collections: z.array(text).optional() })).optional();

const sshAlgorithm = z
  .enum(["RSA_2048", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "ED25519"])
  .default("ED25519");

/** The inputs of every provider. The server's messages list them in this order. */
const inputsByType: Readonly<Record<string, ZodTypeAny>> = {
  "sql-database": inputs(`client ${sql} ${statements} renewStatement? ${tls} ${gateway}`, {
    client: z.enum(["postgres", "mysql2", "oracledb", "mssql", "sap-ase", "vertica"]),
    sslEnabled: z.boolean().optional(),
  }),
  clickhouse: inputs(`${sql} ${statements} renewStatement? ca ${gateway}`, { host: trimmed }),
  cassandra: inputs(`${address} localDataCenter! keyspace? ${statements} renewStatement? ${tls}`),
  "sap-ase": inputs(`${address} database ${statements}`),
  "aws-iam": withDefault(
    "method",
    "access-key",
    inputsBy("method", {
      "access-key": awsIam("accessKey! secretAccessKey! "),
      "assume-role": awsIam("roleArn! sessionPolicyArns? sessionPolicyDocument? "),
      irsa: awsIam(""),
    }),
  ),
  redis: inputs(`${address} ${statements} renewStatement? ${tls}`, { password: trimmed.optional() }),
  "sap-hana": inputs(`${address} ${statements} renewStatement? ${tls}`),
  "aws-elasticache": inputs(`clusterName! accessKeyId! secretAccessKey! region ${statements}`),
  "aws-memorydb": inputs(`clusterName! auth region! ${statements}`, {
    auth: inputsBy("type", { iam: inputs("accessKeyId! secretAccessKey!") }),
  }),
  "mongo-db-atlas": inputs("adminPublicKey! adminPrivateKey! groupId! roles scopes", {
    roles: z.array(inputs("collectionName? databaseName! roleName!")).min(1),
    scopes: z.array(inputs("name! type!")),
  }),
  "elastic-search": inputs(`host port roles auth ${tls}`, {
    host: text,
    roles: texts,
    auth: inputsBy("type", { user: inputs("username password"), "api-key": inputs("apiKey apiKeyId") }),
  }),
  "mongo-db": inputs("host port username! password! database! ca sslRejectUnauthorized roles", {
    host: text.toLowerCase(),
    port: z.number().nullish(),
    ca: trimmed.nullish(),
    roles: z.array(z.string()).min(1),
  }),
  "rabbit-mq": inputs(`host port tags username! password! ${tls} virtualHost`, {
    host: text,
    tags: z.array(trimmed).default([]),
    virtualHost: inputs("name! permissions", { permissions: inputs("read! write! configure!") }),
  }),
  "azure-entra-id": inputs("tenantId! userId! email! applicationId! clientSecret!"),
  "azure-sql-database": inputs(
    `${address} database masterDatabase passwordRequirements masterCreationStatement ${statements} renewStatement? ${tls} ${gateway}`,
    { masterDatabase: trimmed.default("master"), sslEnabled: z.boolean().optional() },
  ),
  ldap: withDefault(
    "credentialType",
    "dynamic",
    z.union([
      inputs(`url! binddn! bindpass! ${tls} creationLdif! revocationLdif! rollbackLdif?`, {
        credentialType: z.literal("dynamic"),
      }),
      inputs(`url! binddn! bindpass! ${tls} rotationLdif!`, { credentialType: z.literal("static") }),
    ]),
  ),
  snowflake: inputs(
    "accountId! orgId! username! password! creationStatement! revocationStatement! renewStatement?",
  ),
  totp: inputsBy("configType", {
    url: z.object({
      url: z
        .string()
        .url()
        .trim()
        .min(1)
        .refine((url) => /[?&]secret=[^&]/.test(url), "OTP URL must contain secret field"),
    }),
    manual: z.object({
      secret: text.transform((secret) => secret.replace(/\s+/g, "")),
      period: z.number().optional(),
      algorithm: z.enum(["sha1", "sha256", "sha512"]).optional(),
      digits: z.number().optional(),
    }),
  }),
  kubernetes: inputsBy("credentialType", {
    static: kubernetes("serviceAccountName! namespace!"),
    dynamic: kubernetes("namespace! role!", { roleType: z.enum(["cluster-role", "role"]) }),
  }).superRefine(checkReach),
  vertica: inputs(`${address} database ${gateway} ${statements} passwordRequirements`),
  "gcp-iam": inputs("serviceAccountEmail tokenScopes", {
    serviceAccountEmail: z.string().email().trim().min(1, "Service account email required").max(128),
    tokenScopes: z
      .array(text)
      .min(1, "At least one scope is required")
      .default(["https://www.googleapis.com/auth/iam", "https://www.googleapis.com/auth/cloud-platform"]),
  }),
  github: inputs("appId installationId privateKey!", {
    appId: z.number().min(1),
    installationId: z.number().min(1),
  }),
  couchbase: inputs("url! orgId! projectId! clusterId! roles buckets passwordRequirements auth", {
    roles: texts,
    buckets: z.union([text, z.array(inputs("name!", { scopes: couchbaseScopes }))]).default("*"),
    passwordRequirements: passwordRequirements({ shortest: 8, longest: 128, least: 1 }),
    auth: inputs("apiKey!"),
  }),
  milvus: inputs(`host port username! password! database privileges ${tls} ${gateway}`, {
    host: text,
    port: z.number().int().min(1).max(65_535),
    database: text.default("default"),
    privileges: z.array(milvusPrivilege).default([]),
  }),
  ssh: z.object({ principals: texts, keyAlgorithm: sshAlgorithm, caKeyAlgorithm: sshAlgorithm }),
  "ibm-api-connect": inputs(
    `clientId! clientSecret! instanceUrl! apiKey! orgId! catalogId! consumerOrgId! appId! ${gateway}`,
  ),
};

/** The provider of a request, its inputs with the server's defaults filled in. Unknown inputs are dropped. */
export const provider = inputsBy(
  "type",
  Object.fromEntries(
    Object.entries(inputsByType).map(([type, schema]) => [type, z.object({ inputs: schema })]),
  ),
).transform(({ type, inputs: given }) => ({
  type: String(type),
  inputs: z.record(z.unknown()).parse(given),
}));

/** The inputs of one provider. */
export function providerInputs(type: string) {
  return (inputsByType[type] ?? z.never()).pipe(z.record(z.unknown()));
}
