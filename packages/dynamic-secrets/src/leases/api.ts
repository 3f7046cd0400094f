import type { InfisicalSDKRequestError, PluginContext } from "@infisical/core";
import { rewordRequestError } from "@infisical/core/authoring";
import type { ProviderType } from "../providers/registry.ts";
import { leaseRequests } from "../requests.ts";
import type { DynamicSecretLocation } from "../types.ts";
import { createLease, isGone } from "./calls.ts";
import {
  type CreateDynamicSecretLeaseOptions,
  type CreateLeaseResponse,
  type DeleteDynamicSecretLeaseOptions,
  type DeleteLeaseResponse,
  type GetLeaseResponse,
  LeaseStatus,
  type ListDynamicSecretLeasesOptions,
  type ListLeasesResponse,
  type RenewDynamicSecretLeaseOptions,
  type RenewLeaseResponse,
  type UseLeaseOptions,
} from "./types.ts";
import { type LeaseInUse, useLease } from "./use.ts";

/** The calls about leases, each of which is one request. */
export interface LeaseCalls {
  /**
   * Creates a lease: the server issues credentials that work until the lease expires or is deleted.
   *
   * Sent at most once; never retried when the outcome is unknown. For a lease that one function needs, call `use`.
   *
   * When `options.signal` aborts, the call rejects at once. The request continues without it, and its lease is revoked
   * when the response arrives; a revocation that fails is a process warning. After `CONNECTION_LOST`, `TIMEOUT`,
   * `INVALID_RESPONSE` and the statuses 502 to 504, an unknown lease might exist: `list` shows it.
   *
   * @param options - The dynamic secret, and how long the lease is valid.
   * @returns The lease, its dynamic secret, and the credentials as `data`.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: `ttl` breaks a rule, or the dynamic secret has another `provider`.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: `ttl` exceeds the dynamic secret's `maxTTL`, or it has too many
   * leases already.
   */
  create<const Type extends ProviderType = string>(
    options: CreateDynamicSecretLeaseOptions<Type>,
  ): Promise<CreateLeaseResponse<Type>>;
  /**
   * Deletes a lease: the server revokes its credentials.
   *
   * It also resolves if the provider failed to revoke them, because the server responds with success: `lease.status` is
   * then `LeaseStatus.FailedToDelete`, and the lease still exists.
   *
   * Deleting twice does no harm, so the request is retried like a read. If an attempt was carried out and its response
   * was lost, the next one finds no lease, and the call rejects with `NOT_FOUND`, because the server cannot return the
   * lease any more. If you know that the lease existed, treat `NOT_FOUND` as success.
   *
   * @param leaseId - The lease's id.
   * @param options - The location of its dynamic secret.
   * @returns The deleted lease, or the lease that still exists.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the lease does not exist, or no longer exists.
   */
  delete(leaseId: string, options: DeleteDynamicSecretLeaseOptions): Promise<DeleteLeaseResponse>;
  /**
   * Renews a lease: postpones its expiration. Its credentials stay the same.
   *
   * @param leaseId - The lease's id.
   * @param options - The location of its dynamic secret, and how much time to add.
   * @returns The lease with its new expiration.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: `ttl` breaks a rule.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the lease would exceed the dynamic secret's `maxTTL`, or its
   * provider cannot renew.
   */
  renew(leaseId: string, options: RenewDynamicSecretLeaseOptions): Promise<RenewLeaseResponse>;
  /**
   * Gets a lease, without its credentials.
   *
   * @param leaseId - The lease's id.
   * @param options - The location of its dynamic secret.
   * @returns The lease with its dynamic secret.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the lease does not exist, or no longer exists.
   */
  get(leaseId: string, options: DynamicSecretLocation): Promise<GetLeaseResponse>;
  /**
   * Lists the leases of a dynamic secret, without their credentials.
   *
   * @param options - The dynamic secret.
   * @returns The leases.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the dynamic secret, folder, environment or project does not exist.
   */
  list(options: ListDynamicSecretLeasesOptions): Promise<ListLeasesResponse>;
}

/** Creates, uses, renews and revokes leases of dynamic secrets. */
export interface LeasesApi extends LeaseCalls {
  /**
   * Creates a lease, runs a function with its credentials, and revokes the lease however the function ends.
   *
   * While the function runs, the lease is renewed in time, even if the machine was suspended or its clock was set. When
   * the lease can no longer be renewed, `signal` aborts with the reason shortly before the credentials expire, and the
   * function should finish. When the caller's `options.signal` aborts, `signal` aborts too: the lease is revoked and the
   * call rejects with the caller's reason, without waiting for the function. After an abort while the lease is being
   * created, it is revoked when it arrives.
   *
   * The revocation is retried like a read. A revocation that fails hides neither the function's result nor its error:
   * see `options.onRevokeFailed`. Afterwards, no timer keeps the process alive.
   *
   * @param options - The dynamic secret, how long the lease is valid, and what to call when it could not be revoked.
   * @param work - The function; it receives `data`, `lease`, `dynamicSecret` and `signal`.
   * @returns What the function returns.
   * @throws What the function throws, the reason of `options.signal`, and what `create` throws.
   *
   * @example
   * import { createClient } from "@infisical/core";
   * import { dynamicSecrets } from "@infisical/dynamic-secrets";
   * const client = createClient({ plugins: [dynamicSecrets()] });
   * const location = { projectSlug: "shop", environmentSlug: "dev", provider: "redis" } as const;
   * const report = () =>
   *   client.dynamicSecrets().leases.use({ ...location, dynamicSecretName: "cache" }, async ({ data, signal }) => {
   *     const { DB_USERNAME, DB_PASSWORD } = data;
   *     return fetch(`https://cache.example.com/?as=${DB_USERNAME}`, { headers: { key: DB_PASSWORD }, signal });
   *   });
   */
  use<const Type extends ProviderType = string, Result = void>(
    options: UseLeaseOptions<Type>,
    work: (lease: LeaseInUse<Type>) => Result | PromiseLike<Result>,
  ): Promise<Result>;
}

/** Creates the methods of `client.dynamicSecrets().leases`. */
export function createLeasesApi(context: PluginContext): LeasesApi {
  const { http, events } = context;
  return {
    create: (options) => createLease(context, options),
    use: (options, work) => useLease(context, options, work),
    async delete(leaseId, options) {
      const request = leaseRequests.delete(leaseId, options);
      try {
        const response = await http.request<DeleteLeaseResponse>(request);
        const isFailed = response.lease.status === LeaseStatus.FailedToDelete;
        events.emit?.("lease-revoked", { leaseId, outcome: isFailed ? "failed" : "succeeded" });
        return response;
      } catch (error) {
        throw isGone(error) ? explainMissing(error) : error;
      }
    },
    async renew(leaseId, options) {
      const response = await http.request<RenewLeaseResponse>(leaseRequests.renew(leaseId, options));
      events.emit?.("lease-renewed", { leaseId, expiresAt: Date.parse(response.lease.expireAt) });
      return response;
    },
    async get(leaseId, options) {
      return http.request(leaseRequests.get(leaseId, options));
    },
    async list(options) {
      return http.request(leaseRequests.list(options));
    },
  };
}

const missingLease =
  "If the location is right, the lease has already ended: it expired, or it was deleted by another call or by an earlier attempt of this one whose response was lost.";

/** Adds to the error of a deletion that found no lease that the deletion may already have taken effect. */
function explainMissing(error: InfisicalSDKRequestError): unknown {
  return rewordRequestError(error, (text) => `${text} ${missingLease}`);
}
