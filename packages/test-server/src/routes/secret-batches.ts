import { type ZodTypeAny, z } from "zod";
import { badRequest } from "../http/api-error.ts";
import type { Method, Routes } from "../http/routes.ts";
import { validate } from "../http/validate.ts";
import { requireProject } from "../secrets/find-location.ts";
import {
  type BatchItem,
  type BatchMode,
  createSecrets,
  deleteSecrets,
  updateSecrets,
} from "../secrets/write-batch.ts";
import type { WriteContext } from "../secrets/write-secret.ts";
import type { ProjectFields, SecretsApiVersion } from "./project-fields.ts";
import { secretPath, secretType, trimmed } from "./schemas.ts";
import { changedSecretFields, freeFormMetadata, newSecretFields } from "./secret-fields.ts";

interface BatchRequest extends ProjectFields {
  readonly environment: string;
  readonly secretPath: string;
  readonly mode: BatchMode;
  readonly secrets: readonly BatchItem[];
}

const projectFields = {
  v3: { projectSlug: trimmed.optional(), workspaceId: trimmed.optional() },
  v4: { projectId: trimmed },
} satisfies Record<SecretsApiVersion, Record<string, ZodTypeAny>>;

const mode = z.enum(["failOnNotFound", "ignore", "upsert"]).default("failOnNotFound");

const itemFields = {
  POST: { ...newSecretFields, metadata: freeFormMetadata },
  PATCH: { secretPath: secretPath.optional(), ...changedSecretFields },
  DELETE: { type: secretType.default("shared") },
};

/** Writes to many secrets of a folder in one request. */
export function registerSecretBatches(routes: Routes, apiVersion: SecretsApiVersion, path: string): void {
  const register = (
    method: Exclude<Method, "GET">,
    write: (context: WriteContext, batch: BatchRequest) => unknown,
  ): void => {
    const schema = batchSchema(apiVersion, itemFields[method]);
    routes.authenticated(method, path, (request) => {
      const batch = validate(schema, request.body()) as BatchRequest;
      const id = batch.workspaceId ?? batch.projectId;
      if (!id && !batch.projectSlug) throw badRequest("Must provide either project slug or projectId");
      const project = requireProject(routes.state, { id, slug: batch.projectSlug });
      const location = { project, environment: batch.environment, path: batch.secretPath };
      return write({ state: routes.state, identity: request.identity, location }, batch);
    });
  };
  register("POST", (context, batch) => createSecrets(context, batch.secrets));
  register("PATCH", (context, batch) => updateSecrets(context, batch.secrets, batch.mode));
  register("DELETE", (context, batch) => deleteSecrets(context, batch.secrets));
}

function batchSchema(
  apiVersion: SecretsApiVersion,
  fields: Readonly<Record<string, ZodTypeAny>>,
): ZodTypeAny {
  const item = z.object({ secretKey: trimmed, ...fields });
  return z.object({
    ...projectFields[apiVersion],
    environment: trimmed,
    secretPath,
    mode,
    secrets: z.array(item).min(1),
  });
}
