import { type ZodTypeAny, z } from "zod";
import { badRequest } from "../http/api-error.js";
import type { Method, Routes } from "../http/routes.js";
import { validate } from "../http/validate.js";
import { requireProject } from "../secrets/find-place.js";
import {
  type BatchItem,
  type BatchMode,
  createSecrets,
  deleteSecrets,
  updateSecrets,
} from "../secrets/write-batch.js";
import type { WriteContext } from "../secrets/write-secret.js";
import type { ProjectFields, Spelling } from "./project-fields.js";
import { secretPath, secretType, trimmed } from "./schemas.js";
import { changedSecretFields, freeFormMetadata, newSecretFields } from "./secret-fields.js";

interface BatchRequest extends ProjectFields {
  readonly environment: string;
  readonly secretPath: string;
  readonly mode: BatchMode;
  readonly secrets: readonly BatchItem[];
}

const projectFields = {
  v3: { projectSlug: trimmed.optional(), workspaceId: trimmed.optional() },
  v4: { projectId: trimmed },
} satisfies Record<Spelling, Record<string, ZodTypeAny>>;

const mode = z.enum(["failOnNotFound", "ignore", "upsert"]).default("failOnNotFound");

const itemFields = {
  POST: { ...newSecretFields, metadata: freeFormMetadata },
  PATCH: { secretPath: secretPath.optional(), ...changedSecretFields },
  DELETE: { type: secretType.default("shared") },
};

/** Writing many secrets of a folder in one request. */
export function registerSecretBatches(routes: Routes, spelling: Spelling, path: string): void {
  const register = (
    method: Exclude<Method, "GET">,
    write: (context: WriteContext, batch: BatchRequest) => unknown,
  ): void => {
    const schema = batchSchema(spelling, itemFields[method]);
    routes.signedIn(method, path, (request) => {
      const batch = validate(schema, request.body()) as BatchRequest;
      const id = batch.workspaceId ?? batch.projectId;
      if (!id && !batch.projectSlug) throw badRequest("Must provide either project slug or projectId");
      const project = requireProject(routes.state, { id, slug: batch.projectSlug });
      const place = { project, environment: batch.environment, path: batch.secretPath };
      return write({ state: routes.state, identity: request.identity, place }, batch);
    });
  };
  register("POST", (context, batch) => createSecrets(context, batch.secrets));
  register("PATCH", (context, batch) => updateSecrets(context, batch.secrets, batch.mode));
  register("DELETE", (context, batch) => deleteSecrets(context, batch.secrets));
}

function batchSchema(spelling: Spelling, fields: Readonly<Record<string, ZodTypeAny>>): ZodTypeAny {
  const item = z.object({ secretKey: trimmed, ...fields });
  return z.object({
    ...projectFields[spelling],
    environment: trimmed,
    secretPath,
    mode,
    secrets: z.array(item).min(1),
  });
}
