import type { PluginContext } from "@infisical/core";
import { createLeaseCalls, type LeaseCalls } from "./lease-calls.ts";
import type { UseLeaseOptions } from "./lease-options.ts";
import type { ProviderType } from "./provider.ts";
import type { Release } from "./release-lease.ts";
import { type LeaseInUse, useLease } from "./use-lease.ts";
import { leaseRequests } from "./wire.ts";

/** Takes leases of dynamic secrets, renews them and revokes them. */
export interface LeasesApi extends LeaseCalls {
  /**
   * Takes a lease, runs a function with its credentials, and revokes the lease however the function ends.
   *
   * While the function runs, the lease is renewed in time, also when the machine was suspended or its clock set. If it
   * can be renewed no longer, `signal` aborts with the reason shortly before the credentials end, and the function has
   * to come to its own end. When the caller's `options.signal` aborts, so does `signal`: the lease is revoked and the
   * call rejects with the caller's reason, without waiting for the function. After an abort while the lease is being
   * taken, it is revoked when it comes.
   *
   * The revocation is tried again like a read. A lease that cannot be revoked hides neither the function's result nor
   * its error: see `options.onGiveBackFailed`. Afterwards no timer is left that would keep a process alive.
   *
   * @param options - Of which dynamic secret, for how long, and whom to tell of a lease not revoked.
   * @param work - Gets `data`, `lease`, `dynamicSecret` and `signal`.
   * @returns What the function returns.
   * @throws What the function throws, the reason of `options.signal`, and what `create` throws.
   *
   * @example
   * import { createClient } from "@infisical/core";
   * import { dynamicSecrets } from "@infisical/dynamic-secrets";
   * const client = createClient({ plugins: [dynamicSecrets()] });
   * const place = { projectSlug: "shop", environmentSlug: "dev", provider: "redis" } as const;
   * const report = () =>
   *   client.dynamicSecrets().leases.use({ ...place, dynamicSecretName: "cache" }, async ({ data, signal }) => {
   *     const { DB_USERNAME, DB_PASSWORD } = data;
   *     return fetch(`https://cache.example.com/?as=${DB_USERNAME}`, { headers: { key: DB_PASSWORD }, signal });
   *   });
   */
  use<const Type extends ProviderType = string, Result = void>(
    options: UseLeaseOptions<Type>,
    work: (lease: LeaseInUse<Type>) => Result | PromiseLike<Result>,
  ): Promise<Result>;
}

/** Makes the methods that `client.dynamicSecrets().leases` has. */
export function createLeasesApi(context: PluginContext): LeasesApi {
  const { http, clock, holdSecrets, onClose } = context;
  // A lease is also revoked when the client closes, which lets no other call through.
  const release: Release = (leaseId, options) =>
    context.closingHttp.request(leaseRequests.delete(leaseId, options));
  const tools = { http, clock, holdSecrets, onClose, release };
  return {
    ...createLeaseCalls(tools),
    use: (options, work) => useLease(tools, options, work),
  };
}
