import { z } from "zod";
import { badRequest } from "../../api/api-error.ts";
import { requirePermission } from "../../api/permissions.ts";
import { trimmed, validate } from "../../api/schemas.ts";
import { publishSecrets } from "../events/secret-events.ts";
import { type Folder, folderAt, projectSecrets } from "../folders/folders-state.ts";
import { found, projectFields } from "../projects/project.ts";
import { secretPath } from "./fields.ts";
import { addSecret, changeSecret, removeSecret, type Secret } from "./secrets-state.ts";
import { type SecretsRequest, type Visit, visit } from "./visit.ts";

const moved = {
  sourceEnvironment: trimmed,
  sourceSecretPath: secretPath,
  destinationEnvironment: trimmed,
  destinationSecretPath: secretPath,
  secretIds: z.array(z.string()),
  shouldOverwrite: z.boolean().default(false),
};

const moveBody = {
  v3: z.object({ ...projectFields({ projectSlug: trimmed }), ...moved }),
  v4: z.object({ ...projectFields({ projectId: trimmed }), ...moved }),
};

/** Moves secrets to another folder, where they get new ids. */
export function moveSecrets(request: SecretsRequest): Record<string, unknown> {
  const fields = validate(moveBody[request.version], request.body());
  const { sourceEnvironment: environment, sourceSecretPath, destinationEnvironment } = fields;
  const place = visit(request, { ...fields, environment, secretPath: sourceSecretPath });
  const { state, project, identity } = place;
  sideOf(place, "Source");
  const target = { ...place, environment: destinationEnvironment, path: fields.destinationSecretPath };
  const destination = sideOf(target, "Destination");
  const sources = projectSecrets(project).filter(({ id }) => fields.secretIds.includes(id));
  requirePermission(identity, project, "delete", "secrets");
  if (sources.length !== fields.secretIds.length) throw badRequest("Invalid secrets");
  const differing = sources.filter(({ key, value }) => destination.secrets.get(key)?.value !== value);
  const overwritten = differing.filter(({ key }) => destination.secrets.has(key));
  if (overwritten.length > 0 && !fields.shouldOverwrite) {
    const keys = overwritten.map(({ key }) => key).join(",");
    const message = "The following secrets already exist in the destination";
    throw badRequest(`Failed to move secrets. ${message}: ${keys}`);
  }
  if (differing.length === 0) throw badRequest("Selected secrets already exist in the destination.");
  requirePermission(identity, project, "create", "secrets");
  const updated: Secret[] = [];
  const created: Secret[] = [];
  for (const { key, value, comment, skipMultilineEncoding, secretMetadata } of differing) {
    const content = { key, value, comment, skipMultilineEncoding, secretMetadata };
    const present = destination.secrets.get(key);
    if (present) updated.push(changeSecret(state, present, content));
    else created.push(addSecret(state, destination, content));
  }
  for (const secret of sources) removeSecret(state, secret);
  publishSecrets(state, "secret:delete", sources);
  publishSecrets(state, "secret:update", updated);
  publishSecrets(state, "secret:create", created);
  return { isSourceUpdated: true, isDestinationUpdated: true };
}

function sideOf({ project, environment, path }: Visit, side: "Source" | "Destination"): Folder {
  const message = `${side} folder with path '${path}' in environment with slug '${environment}' not found`;
  return found(folderAt(project, { environment, path }), message);
}
