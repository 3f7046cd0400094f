import { z } from "zod";
import type { Method, Routes } from "../../api/routes.ts";
import { slug, trimmed, validate } from "../../api/schemas.ts";
import {
  addDynamicSecret,
  dynamicSecretView,
  leaseView,
  optionalTtl,
  readView,
  requireFreeName,
  ttl,
  withAddresses,
} from "./dynamic-secret.ts";
import {
  leasableDynamicSecret,
  location,
  permittedDynamicSecret,
  permittedFolder,
  permittedLease,
  type Search,
} from "./find.ts";
import { provider, providerInputs } from "./provider-inputs.ts";

const { projectSlug, ...place } = location;
const name = slug(1, 64, "Name");
const maxTTL = optionalTtl.nullable();
const metadata = z.array(z.object({ key: trimmed.min(1), value: trimmed.default("") })).optional();
const usernameTemplate = trimmed
  .max(255)
  .refine((template) => /^[A-Za-z0-9_\-{}[\].' |]*$/.test(template))
  .nullish();

const locationQuery = z.object(location);
const deletionBody = z.object({ ...location, isForced: z.boolean().default(false) });
const renewalBody = z.object({ ttl: optionalTtl, ...location });
const creationBody = z.object({
  projectSlug,
  provider,
  defaultTTL: ttl,
  maxTTL,
  ...place,
  name,
  metadata,
  usernameTemplate,
});
const updateBody = z.object({
  ...location,
  data: z.object({
    inputs: z.record(z.unknown()).optional(),
    defaultTTL: optionalTtl,
    maxTTL,
    newName: name.optional(),
    metadata,
    usernameTemplate,
  }),
});
const leaseBody = z.object({
  dynamicSecretName: z.string().min(1).toLowerCase(),
  projectSlug,
  ttl: optionalTtl,
  ...place,
  config: z.unknown(),
});

/** Dynamic secrets. */
export function registerDynamicSecrets(routes: Routes): void {
  const { state } = routes;
  const { leases } = state;
  const nameOf = ({ request }: Search): string => request.parameter("name").toLowerCase();

  add(routes, "POST", "", creationBody, async ({ provider, name, ...fields }, search) => {
    const folder = permittedFolder(search, "create-root-credential");
    requireFreeName(folder, name);
    await leases.issuer.check({ ...provider, name });
    const dynamicSecret = addDynamicSecret(state, folder, { ...provider, ...fields, name });
    return { dynamicSecret: { ...dynamicSecretView(dynamicSecret), inputs: dynamicSecret.inputs } };
  });

  add(routes, "PATCH", "/:name", updateBody, async ({ data }, search) => {
    const dynamicSecret = permittedDynamicSecret(search, nameOf(search), "edit-root-credential");
    const { folder, type } = dynamicSecret;
    const { newName, inputs: changed, ...changes } = data;
    const name = newName ?? dynamicSecret.name;
    if (newName) requireFreeName(folder, name);
    const inputs = validate(providerInputs(type), { ...dynamicSecret.inputs, ...changed });
    await leases.issuer.check({ type, name, inputs });
    folder.dynamicSecrets.delete(dynamicSecret.name);
    folder.dynamicSecrets.set(name, dynamicSecret);
    const updatedAt = state.timestamp();
    const stored = withAddresses(type, inputs);
    Object.assign(dynamicSecret, { ...changes, name, inputs: stored, status: null, updatedAt });
    return { dynamicSecret: { ...dynamicSecretView(dynamicSecret), inputs: dynamicSecret.inputs } };
  });

  add(routes, "DELETE", "/:name", deletionBody, ({ isForced }, search) => {
    const dynamicSecret = permittedDynamicSecret(search, nameOf(search), "delete-root-credential");
    const remove = (): void => void dynamicSecret.folder.dynamicSecrets.delete(dynamicSecret.name);
    if (isForced || dynamicSecret.leases.size === 0) {
      leases.forgetAllOf(dynamicSecret);
      remove();
    } else {
      Object.assign(dynamicSecret, { status: "Revocation in process", updatedAt: state.timestamp() });
      leases.deleteAllOf(dynamicSecret, remove);
    }
    return { dynamicSecret: dynamicSecretView(dynamicSecret) };
  });

  add(routes, "GET", "", locationQuery, (_, search) => {
    const { dynamicSecrets } = permittedFolder(search, "read-root-credential");
    return { dynamicSecrets: [...dynamicSecrets.values()].map(readView) };
  });

  add(routes, "GET", "/:name", locationQuery, (_, search) => {
    // The inputs hold credentials, so that to read is not enough on the real server either.
    const actions = ["read-root-credential", "edit-root-credential"] as const;
    const dynamicSecret = permittedDynamicSecret(search, search.request.parameter("name"), ...actions);
    return { dynamicSecret: { ...readView(dynamicSecret), inputs: dynamicSecret.inputs } };
  });
}

/** Leases of dynamic secrets. */
export function registerLeases(routes: Routes): void {
  const { leases } = routes.state;

  for (const path of ["/leases", "/leases/kubernetes"]) {
    add(routes, "POST", path, leaseBody, async ({ dynamicSecretName, ttl, config }, search) => {
      const dynamicSecret = leasableDynamicSecret(search, dynamicSecretName);
      const identityName = search.request.identity.name;
      const lease = await leases.create(dynamicSecret, { ttl, config, identityName });
      return { lease: leaseView(lease), dynamicSecret: readView(dynamicSecret), data: lease.data };
    });
  }

  add(routes, "POST", "/leases/:id/renew", renewalBody, async ({ ttl }, search) => {
    const lease = permittedLease(search);
    await leases.renew(lease, ttl);
    return { lease: leaseView(lease) };
  });

  add(routes, "DELETE", "/leases/:id", deletionBody, async ({ isForced }, search) => {
    const lease = permittedLease(search);
    await leases.delete(lease, { isForced });
    return { lease: leaseView(lease) };
  });

  add(routes, "GET", "/leases/:id", locationQuery, (_, search) => {
    const lease = permittedLease(search);
    return { lease: { ...leaseView(lease), dynamicSecret: readView(lease.dynamicSecret) } };
  });

  add(routes, "GET", "/:name/leases", locationQuery, (_, search) => {
    const dynamicSecret = leasableDynamicSecret(search, search.request.parameter("name"));
    return { leases: [...dynamicSecret.leases.values()].map(leaseView) };
  });
}

/** Adds a route. Before each response, expired leases are revoked. */
function add<Fields extends Search["location"]>(
  routes: Routes,
  method: Method,
  path: string,
  schema: z.ZodType<Fields, z.ZodTypeDef, unknown>,
  handle: (fields: Fields, search: Search) => unknown,
): void {
  const { state } = routes;
  routes.authenticated(method, `/api/v1/dynamic-secrets${path}`, async (request) => {
    const fields: Fields = validate(schema, method === "GET" ? request.query : request.body());
    await state.leases.settle();
    return handle(fields, { state, request, location: fields });
  });
}
