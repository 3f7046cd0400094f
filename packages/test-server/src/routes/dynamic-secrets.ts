import { inputsSchema } from "../dynamic-secrets/provider-schema.ts";
import { badRequest } from "../http/api-error.ts";
import type { Routes } from "../http/routes.ts";
import { validate } from "../http/validate.ts";
import type { DynamicSecret } from "../state/dynamic-secret-entities.ts";
import { addDynamicSecret } from "../state/dynamic-secrets.ts";
import type { Folder } from "../state/entities.ts";
import { readCreation, readDeletion, readLocation, readUpdate } from "./dynamic-secret-requests.ts";
import { detailedView, dynamicSecretView } from "./dynamic-secret-view.ts";
import { permittedFolder, requireDynamicSecret } from "./find-dynamic-secret.ts";

const base = "/api/v1/dynamic-secrets";

/** Dynamic secrets. Their leases have separate routes. */
export function registerDynamicSecrets(routes: Routes): void {
  const { state } = routes;
  const { issuer } = state.leases;

  routes.authenticated("POST", base, async (request) => {
    const { provider, ...fields } = readCreation(request.body());
    await state.leases.settle();
    const folder = permittedFolder(routes, request, fields, "create-root-credential");
    requireFreeName(folder, fields.name);
    await issuer.check({ ...provider, name: fields.name });
    requireFreeName(folder, fields.name);
    return { dynamicSecret: detailedView(addDynamicSecret(state, folder, { ...provider, ...fields })) };
  });

  routes.authenticated("PATCH", `${base}/:name`, async (request) => {
    const { data, ...location } = readUpdate(request.body());
    await state.leases.settle();
    const folder = permittedFolder(routes, request, location, "edit-root-credential");
    const dynamicSecret = requireDynamicSecret(folder, request.parameter("name").toLowerCase());
    const name = data.newName ?? dynamicSecret.name;
    if (name !== dynamicSecret.name) requireFreeName(folder, name);
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

  routes.authenticated("DELETE", `${base}/:name`, async (request) => {
    const { isForced, ...location } = readDeletion(request.body());
    await state.leases.settle();
    const folder = permittedFolder(routes, request, location, "delete-root-credential");
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

  routes.authenticated("GET", base, async (request) => {
    const location = readLocation(request.query);
    await state.leases.settle();
    const folder = permittedFolder(routes, request, location, "read-root-credential");
    return { dynamicSecrets: [...folder.dynamicSecrets.values()].map(dynamicSecretView) };
  });

  routes.authenticated("GET", `${base}/:name`, async (request) => {
    const location = readLocation(request.query);
    await state.leases.settle();
    const folder = permittedFolder(routes, request, location, "read-root-credential");
    return { dynamicSecret: detailedView(requireDynamicSecret(folder, request.parameter("name"))) };
  });
}

function requireFreeName(folder: Folder, name: string): void {
  if (folder.dynamicSecrets.has(name)) {
    throw badRequest("Provided dynamic secret already exist under the folder");
  }
}

/** Replaces the stored inputs. Inputs that the server never returns are kept if an update omits them. */
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
