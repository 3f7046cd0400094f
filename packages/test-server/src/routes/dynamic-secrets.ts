import { inputsSchema } from "../dynamic-secrets/provider-schema.js";
import { badRequest } from "../http/api-error.js";
import type { Routes } from "../http/routes.js";
import { validate } from "../http/validate.js";
import type { DynamicSecret } from "../state/dynamic-secret-entities.js";
import { addDynamicSecret } from "../state/dynamic-secrets.js";
import type { Folder } from "../state/entities.js";
import { readCreation, readDeletion, readPlace, readUpdate } from "./dynamic-secret-requests.js";
import { detailedView, dynamicSecretView } from "./dynamic-secret-view.js";
import { permittedFolder, requireDynamicSecret } from "./find-dynamic-secret.js";

const base = "/api/v1/dynamic-secrets";

/** Dynamic secrets; their leases have routes of their own. */
export function registerDynamicSecrets(routes: Routes): void {
  const { state } = routes;
  const { issuer } = state.leases;

  routes.signedIn("POST", base, async (request) => {
    const { provider, ...fields } = readCreation(request.body());
    await state.leases.settle();
    const folder = permittedFolder(routes, request, fields, "create-root-credential");
    refuseTakenName(folder, fields.name);
    await issuer.check({ ...provider, name: fields.name });
    refuseTakenName(folder, fields.name);
    return { dynamicSecret: detailedView(addDynamicSecret(state, folder, { ...provider, ...fields })) };
  });

  routes.signedIn("PATCH", `${base}/:name`, async (request) => {
    const { data, ...place } = readUpdate(request.body());
    await state.leases.settle();
    const folder = permittedFolder(routes, request, place, "edit-root-credential");
    const dynamicSecret = requireDynamicSecret(folder, request.parameter("name").toLowerCase());
    const name = data.newName ?? dynamicSecret.name;
    if (name !== dynamicSecret.name) refuseTakenName(folder, name);
    const inputs = validate(inputsSchema(dynamicSecret.type), mergedInputs(dynamicSecret, data.inputs));
    await issuer.check({ type: dynamicSecret.type, name, inputs });
    rename(folder, dynamicSecret, name);
    const { defaultTTL, maxTTL, metadata, usernameTemplate } = dynamicSecret;
    Object.assign(dynamicSecret, {
      inputs,
      defaultTTL: data.defaultTTL || defaultTTL,
      maxTTL: data.maxTTL === undefined ? maxTTL : data.maxTTL,
      metadata: data.metadata ?? metadata,
      usernameTemplate: data.usernameTemplate === undefined ? usernameTemplate : data.usernameTemplate,
      updatedAt: state.timestamp(),
    });
    return { dynamicSecret: detailedView(dynamicSecret) };
  });

  routes.signedIn("DELETE", `${base}/:name`, async (request) => {
    const { isForced, ...place } = readDeletion(request.body());
    await state.leases.settle();
    const folder = permittedFolder(routes, request, place, "delete-root-credential");
    const dynamicSecret = folder.dynamicSecrets.get(request.parameter("name").toLowerCase());
    if (!dynamicSecret) throw badRequest("Dynamic secret not found");
    const remove = (): void => void folder.dynamicSecrets.delete(dynamicSecret.name);
    if (isForced || dynamicSecret.leases.size === 0) {
      state.leases.forgetAllOf(dynamicSecret);
      remove();
    } else {
      Object.assign(dynamicSecret, { status: "Revocation in process", updatedAt: state.timestamp() });
      state.leases.deleteAllOf(dynamicSecret, remove);
    }
    return { dynamicSecret: dynamicSecretView(dynamicSecret) };
  });

  routes.signedIn("GET", base, async (request) => {
    const place = readPlace(request.query);
    await state.leases.settle();
    const folder = permittedFolder(routes, request, place, "read-root-credential");
    return { dynamicSecrets: [...folder.dynamicSecrets.values()].map(dynamicSecretView) };
  });

  routes.signedIn("GET", `${base}/:name`, async (request) => {
    const place = readPlace(request.query);
    await state.leases.settle();
    const folder = permittedFolder(routes, request, place, "read-root-credential");
    return { dynamicSecret: detailedView(requireDynamicSecret(folder, request.parameter("name"))) };
  });
}

function refuseTakenName(folder: Folder, name: string): void {
  if (folder.dynamicSecrets.has(name)) {
    throw badRequest("Provided dynamic secret already exist under the folder");
  }
}

/** New inputs over the stored ones; what the server never gives out is kept where an update leaves it out. */
function mergedInputs({ inputs }: DynamicSecret, changes: Readonly<Record<string, unknown>> = {}): unknown {
  const { clientAuth } = changes;
  if (typeof clientAuth !== "object" || clientAuth === null) return { ...inputs, ...changes };
  const { clientSecret } = Object(inputs["clientAuth"]) as { readonly clientSecret?: string };
  return { ...inputs, ...changes, clientAuth: { clientSecret, ...clientAuth } };
}

function rename(folder: Folder, dynamicSecret: DynamicSecret, name: string): void {
  if (name === dynamicSecret.name) return;
  folder.dynamicSecrets.delete(dynamicSecret.name);
  dynamicSecret.name = name;
  folder.dynamicSecrets.set(name, dynamicSecret);
}
