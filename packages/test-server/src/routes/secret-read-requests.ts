import { type ZodTypeAny, z } from "zod";
import { badRequest } from "../http/api-error.ts";
import { validate } from "../http/validate.ts";
import type { MetadataPair } from "../secrets/metadata-filter.ts";
import type { GetOptions, ListOptions } from "../secrets/read-secrets.ts";
import type { ProjectFields, SecretsApiVersion } from "./project-fields.ts";
import { metadataFilter, queryBoolean, secretPath, secretType, tagSlugs, trimmed } from "./schemas.ts";

/** The location of a read. */
export interface ReadLocation extends ProjectFields {
  readonly environment: string;
  readonly secretPath: string;
}

interface ReadFields extends ProjectFields {
  readonly workspaceSlug?: string;
  readonly environment?: string;
  readonly secretPath: string;
  readonly expandSecretReferences: boolean;
  readonly include_imports?: boolean;
  readonly includeImports?: boolean;
  readonly viewSecretValue: boolean;
}

interface ListFields extends ReadFields {
  readonly recursive: boolean;
  readonly metadataFilter: MetadataPair[];
  readonly tagSlugs: string[] | undefined;
}

interface GetFields extends ReadFields {
  readonly version?: number;
  readonly type: "shared" | "personal";
}

/** The two versions' names of the project and of the imports, and their defaults. */
const readFields = {
  v3: {
    workspaceId: trimmed.optional(),
    workspaceSlug: trimmed.optional(),
    environment: trimmed.optional(),
    secretPath,
    expandSecretReferences: queryBoolean("false"),
    include_imports: queryBoolean("false"),
    viewSecretValue: queryBoolean("true"),
  },
  v4: {
    projectId: trimmed.optional(),
    environment: trimmed.optional(),
    secretPath,
    expandSecretReferences: queryBoolean("true"),
    include_imports: queryBoolean("true"),
    includeImports: queryBoolean("true").optional(),
    viewSecretValue: queryBoolean("true"),
    includePersonalOverrides: queryBoolean("false"),
  },
} satisfies Record<SecretsApiVersion, Record<string, ZodTypeAny>>;

const listFields = { recursive: queryBoolean("false"), metadataFilter, tagSlugs };

const getFields = { version: z.coerce.number().optional(), type: secretType.default("shared") };

/** Reads the query of a list. */
export function readListRequest(apiVersion: SecretsApiVersion, query: unknown): ReadLocation & ListOptions {
  const schema = z.object({ ...readFields[apiVersion], ...listFields });
  const fields = validate(schema, query) as ListFields;
  const { environment } = fields;
  if (!namesProject(fields) || !environment) {
    throw badRequest(`Missing ${apiVersion === "v3" ? "workspace" : "project"} id or environment`);
  }
  const { recursive, tagSlugs: slugs, metadataFilter: pairs } = fields;
  return { ...commonOptions(fields), environment, recursive, tagSlugs: slugs, metadataFilter: pairs };
}

/** Reads the query of a single secret. */
export function readGetRequest(apiVersion: SecretsApiVersion, query: unknown): ReadLocation & GetOptions {
  const schema = z.object({ ...readFields[apiVersion], ...getFields });
  const fields = validate(schema, query) as GetFields;
  const { environment, version } = fields;
  if (!environment) throw badRequest("Missing environment");
  if (!namesProject(fields)) {
    throw badRequest(
      apiVersion === "v3" ? "You must provide workspaceSlug or workspaceId" : "You must provide projectId",
    );
  }
  return { ...commonOptions(fields), environment, version, personal: fields.type === "personal" };
}

function namesProject({ workspaceId, workspaceSlug, projectId }: ReadFields): boolean {
  return Boolean(workspaceId || workspaceSlug || projectId);
}

function commonOptions(
  fields: ReadFields,
): Omit<ReadLocation & GetOptions, "environment" | "personal" | "version"> {
  return {
    workspaceId: fields.workspaceId,
    projectId: fields.projectId,
    projectSlug: fields.workspaceSlug,
    secretPath: fields.secretPath,
    includeImports: fields.includeImports ?? fields.include_imports ?? false,
    expandReferences: fields.expandSecretReferences,
    viewValue: fields.viewSecretValue,
  };
}
