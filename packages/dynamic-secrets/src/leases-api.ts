import type { PluginContext } from "@infisical/core";
import { createLeaseCalls, type LeaseCalls } from "./lease-calls.ts";
import type { UseLeaseOptions } from "./lease-options.ts";
import type { ProviderType } from "./provider.ts";
import { type LeaseInUse, type LeaseTools, useLease } from "./use-lease.ts";

/** Takes leases of dynamic secrets, renews them and gives them back. */
export interface LeasesApi extends LeaseCalls {
  /**
   * Takes a lease, runs a function with its credentials, and gives the lease back however the function ends.
   *
   * While the function runs, the lease is renewed in time. If it can be renewed no longer, `signal` aborts with
   * the reason shortly before the credentials end, and the function has to come to its own end. When the caller's
   * `options.signal` aborts, so does `signal`: the lease is given back and the call rejects with the caller's
   * reason, without waiting for the function. An abort while the lease is being taken may leave one behind on the
   * server, until it expires.
   *
   * A lease that cannot be given back hides neither the function's result nor its error: see
   * `options.onGiveBackFailed`. Afterwards no timer is left that would keep a process alive.
   *
   * @param options - Of which dynamic secret, for how long, and whom to tell of a lease not given back.
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
  const calls = createLeaseCalls(context.http);
  // A lease is also released when the client closes, which lets no other call through.
  const release = createLeaseCalls(context.closingHttp).delete;
  const tools: LeaseTools = {
    calls: { ...calls, delete: release },
    clock: context.clock,
    onClose: context.onClose,
  };
  return { ...calls, use: (options, work) => useLease(tools, options, work) };
}
