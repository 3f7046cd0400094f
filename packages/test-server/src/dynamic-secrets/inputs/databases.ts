import { type ZodTypeAny, z } from "zod";
import { trimmed } from "../../routes/schemas.ts";
import { fields, host, passwordRequirements, port, texts } from "./common.ts";

const { address, database, statements, renewal, tls, gateway } = fields;

/** The inputs of databases, with or without statements that create users. */
export const databaseInputs: Readonly<Record<string, ZodTypeAny>> = {
  "sql-database": z.object({
    client: z.enum(["postgres", "mysql2", "oracledb", "mssql", "sap-ase", "vertica"]),
    ...address,
    ...database,
    ...statements,
    ...renewal,
    ...tls,
    ...gateway,
    passwordRequirements,
    sslEnabled: z.boolean().optional(),
  }),
  clickhouse: z.object({
    ...address,
    ...database,
    ...statements,
    ...renewal,
    ...gateway,
    passwordRequirements,
    ca: z.string().optional(),
  }),
  cassandra: z.object({
    ...address,
    ...statements,
    ...renewal,
    ...tls,
    localDataCenter: trimmed.min(1),
    keyspace: trimmed.optional(),
  }),
  "sap-ase": z.object({ ...address, ...database, ...statements }),
  "sap-hana": z.object({ ...address, ...statements, ...renewal, ...tls }),
  redis: z.object({ ...address, password: trimmed.optional(), ...statements, ...renewal, ...tls }),
  vertica: z.object({ ...address, ...database, ...statements, ...gateway, passwordRequirements }),
  "azure-sql-database": z.object({
    ...address,
    ...database,
    masterDatabase: trimmed.default("master"),
    masterCreationStatement: trimmed,
    ...statements,
    ...renewal,
    ...tls,
    ...gateway,
    passwordRequirements,
    sslEnabled: z.boolean().optional(),
  }),
  snowflake: z.object({
    accountId: trimmed,
    orgId: trimmed,
    username: trimmed,
    password: trimmed,
    ...statements,
    ...renewal,
  }),
  "mongo-db": z.object({
    ...address,
    port: port.nullish(),
    ...database,
    roles: texts,
    ca: z.string().nullish(),
    sslRejectUnauthorized: z.boolean().default(true),
  }),
  "mongo-db-atlas": z.object({
    adminPublicKey: trimmed,
    adminPrivateKey: trimmed,
    groupId: trimmed,
    roles: z
      .array(z.object({ databaseName: trimmed, roleName: trimmed, collectionName: trimmed.optional() }))
      .min(1),
    scopes: z.array(z.object({ name: trimmed, type: z.enum(["CLUSTER", "DATA_LAKE", "STREAM"]) })),
  }),
  "elastic-search": z.object({
    host,
    port,
    roles: texts,
    auth: z.discriminatedUnion("type", [
      z.object({ type: z.literal("user"), username: trimmed, password: trimmed }),
      z.object({ type: z.literal("api-key"), apiKey: trimmed, apiKeyId: trimmed }),
    ]),
    ...tls,
  }),
  couchbase: z.object({
    url: trimmed,
    orgId: trimmed,
    projectId: trimmed,
    clusterId: trimmed,
    roles: texts,
    buckets: z
      .union([
        trimmed,
        z.array(
          z.object({
            name: trimmed,
            scopes: z.array(z.object({ name: trimmed, collections: z.array(trimmed).optional() })).optional(),
          }),
        ),
      ])
      .default("*"),
    auth: z.object({ apiKey: trimmed }),
    passwordRequirements,
  }),
  milvus: z.object({
    ...address,
    port: port.int(),
    database: trimmed.default("default"),
    privileges: z
      .array(
        z.object({
          objectType: trimmed,
          objectName: trimmed.default("*"),
          privilege: trimmed,
          dbName: trimmed.optional(),
        }),
      )
      .default([]),
    ...tls,
    ...gateway,
  }),
};
