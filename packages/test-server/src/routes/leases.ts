import type { AuthenticatedRequest, Routes } from "../http/routes.ts";
import type { Folder } from "../state/entities.ts";
import {
  type DynamicSecretLocation,
  readDeletion,
  readLease,
  readLocation,
  readRenewal,
} from "./dynamic-secret-requests.ts";
import { dynamicSecretView, leaseView } from "./dynamic-secret-view.ts";
import { permittedFolder, requireDynamicSecret, requireLease } from "./find-dynamic-secret.ts";

const base = "/api/v1/dynamic-secrets";

/** Leases of dynamic secrets. Before each response, expired leases are revoked. */
export function registerLeases(routes: Routes): void {
  const { leases } = routes.state;
  const leasable = async (
    request: AuthenticatedRequest,
    location: DynamicSecretLocation,
  ): Promise<Folder> => {
    await leases.settle();
    return permittedFolder(routes, request, location, "lease");
  };

  for (const path of [`${base}/leases`, `${base}/leases/kubernetes`]) {
    routes.authenticated("POST", path, async (request) => {
      const { dynamicSecretName, ttl, config, ...location } = readLease(request.body());
      const dynamicSecret = requireDynamicSecret(await leasable(request, location), dynamicSecretName);
      const lease = await leases.create(dynamicSecret, { ttl, config, identityName: request.identity.name });
      return {
        lease: leaseView(lease),
        dynamicSecret: dynamicSecretView(dynamicSecret),
        data: lease.data,
      };
    });
  }

  routes.authenticated("POST", `${base}/leases/:id/renew`, async (request) => {
    const { ttl, ...location } = readRenewal(request.body());
    const lease = requireLease(routes, await leasable(request, location), request.parameter("id"));
    await leases.renew(lease, ttl);
    return { lease: leaseView(lease) };
  });

  routes.authenticated("DELETE", `${base}/leases/:id`, async (request) => {
    const { isForced, ...location } = readDeletion(request.body());
    const lease = requireLease(routes, await leasable(request, location), request.parameter("id"));
    await leases.delete(lease, { isForced });
    return { lease: leaseView(lease) };
  });

  routes.authenticated("GET", `${base}/leases/:id`, async (request) => {
    const location = readLocation(request.query);
    const lease = requireLease(routes, await leasable(request, location), request.parameter("id"));
    return { lease: { ...leaseView(lease), dynamicSecret: dynamicSecretView(lease.dynamicSecret) } };
  });

  routes.authenticated("GET", `${base}/:name/leases`, async (request) => {
    const location = readLocation(request.query);
    const dynamicSecret = requireDynamicSecret(await leasable(request, location), request.parameter("name"));
    return { leases: [...dynamicSecret.leases.values()].map(leaseView) };
  });
}
