import type { Routes, SignedInRequest } from "../http/routes.js";
import type { Folder } from "../state/entities.js";
import {
  type DynamicSecretPlace,
  readDeletion,
  readLease,
  readPlace,
  readRenewal,
} from "./dynamic-secret-requests.js";
import { dynamicSecretView, leaseView } from "./dynamic-secret-view.js";
import { permittedFolder, requireDynamicSecret, requireLease } from "./find-dynamic-secret.js";

const base = "/api/v1/dynamic-secrets";

/** Leases of dynamic secrets. Before each answer, what has expired is revoked. */
export function registerLeases(routes: Routes): void {
  const { leases } = routes.state;
  const leasable = async (request: SignedInRequest, place: DynamicSecretPlace): Promise<Folder> => {
    await leases.settle();
    return permittedFolder(routes, request, place, "lease");
  };

  for (const path of [`${base}/leases`, `${base}/leases/kubernetes`]) {
    routes.signedIn("POST", path, async (request) => {
      const { dynamicSecretName, ttl, config, ...place } = readLease(request.body());
      const dynamicSecret = requireDynamicSecret(await leasable(request, place), dynamicSecretName);
      const lease = await leases.take(dynamicSecret, { ttl, config, identityName: request.identity.name });
      return {
        lease: leaseView(lease),
        dynamicSecret: dynamicSecretView(dynamicSecret),
        data: lease.data,
      };
    });
  }

  routes.signedIn("POST", `${base}/leases/:id/renew`, async (request) => {
    const { ttl, ...place } = readRenewal(request.body());
    const lease = requireLease(routes, await leasable(request, place), request.parameter("id"));
    await leases.renew(lease, ttl);
    return { lease: leaseView(lease) };
  });

  routes.signedIn("DELETE", `${base}/leases/:id`, async (request) => {
    const { isForced, ...place } = readDeletion(request.body());
    const lease = requireLease(routes, await leasable(request, place), request.parameter("id"));
    await leases.delete(lease, { isForced });
    return { lease: leaseView(lease) };
  });

  routes.signedIn("GET", `${base}/leases/:id`, async (request) => {
    const place = readPlace(request.query);
    const lease = requireLease(routes, await leasable(request, place), request.parameter("id"));
    return { lease: { ...leaseView(lease), dynamicSecret: dynamicSecretView(lease.dynamicSecret) } };
  });

  routes.signedIn("GET", `${base}/:name/leases`, async (request) => {
    const place = readPlace(request.query);
    const dynamicSecret = requireDynamicSecret(await leasable(request, place), request.parameter("name"));
    return { leases: [...dynamicSecret.leases.values()].map(leaseView) };
  });
}
