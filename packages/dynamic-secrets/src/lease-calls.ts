import type { InfisicalSDKRequestError } from "@infisical/core";
import { rewordRequestError } from "@infisical/core/authoring";
import type {
  CreateLeaseResponse,
  DeleteLeaseResponse,
  GetLeaseResponse,
  ListLeasesResponse,
  RenewLeaseResponse,
} from "./lease.ts";
import { isGone } from "./lease-errors.ts";
import type {
  CreateDynamicSecretLeaseOptions,
  DeleteDynamicSecretLeaseOptions,
  ListDynamicSecretLeasesOptions,
  RenewDynamicSecretLeaseOptions,
} from "./lease-options.ts";
import type { DynamicSecretLocation } from "./options.ts";
import type { ProviderType } from "./provider.ts";
import { type LeaseTools, takeLease } from "./take-lease.ts";
import { leaseRequests } from "./wire.ts";

/** The calls about leases, each of which is one request. */
export interface LeaseCalls {
  /**
   * Takes a lease: the server makes credentials that work until the lease ends or is deleted.
   *
   * It is sent once, never again by guess. `use` is for leases that one function needs.
   *
   * When `options.signal` aborts, the call rejects at once. The request goes on without it, and its lease is revoked
   * when the response comes; a revocation that fails is a process warning. After `CONNECTION_LOST`, `TIMEOUT`,
   * `INVALID_RESPONSE` and the statuses 502 to 504, a lease may be left that nobody knows: `list` shows it.
   *
   * @param options - Of which dynamic secret, and for how long.
   * @returns The lease, its dynamic secret, and the credentials as `data`.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: `ttl` breaks a rule, or `provider` is not the secret's own.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: `ttl` is over the secret's `maxTTL`, or there are too many
   * leases already.
   */
  create<const Type extends ProviderType = string>(
    options: CreateDynamicSecretLeaseOptions<Type>,
  ): Promise<CreateLeaseResponse<Type>>;
  /**
   * Deletes a lease: the server revokes its credentials.
   *
   * It resolves as well where the provider refused to revoke them, as the server answers: `lease.status` is then
   * `LeaseStatus.FailedToDelete`, and the lease is still there.
   *
   * Deleting twice does no harm, so it is sent again like a read. Where an attempt was carried out and its response was
   * lost, the next one finds no lease any more: the call then rejects with `NOT_FOUND`, since the server no longer says
   * what the lease was. Take `NOT_FOUND` as done where you know that the lease was there.
   *
   * @param leaseId - The lease's id.
   * @param options - Where its dynamic secret is.
   * @returns The lease as it was, or as it still is.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such lease, or no longer.
   */
  delete(leaseId: string, options: DeleteDynamicSecretLeaseOptions): Promise<DeleteLeaseResponse>;
  /**
   * Renews a lease: adds time to its end. Its credentials stay the same.
   *
   * @param leaseId - The lease's id.
   * @param options - Where its dynamic secret is, and how much time to add.
   * @returns The lease with its new end.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: `ttl` breaks a rule.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the lease would get longer than the secret's `maxTTL`, or
   * its provider cannot renew.
   */
  renew(leaseId: string, options: RenewDynamicSecretLeaseOptions): Promise<RenewLeaseResponse>;
  /**
   * Gets a lease, without its credentials.
   *
   * @param leaseId - The lease's id.
   * @param options - Where its dynamic secret is.
   * @returns The lease with its dynamic secret.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such lease, or no longer.
   */
  get(leaseId: string, options: DynamicSecretLocation): Promise<GetLeaseResponse>;
  /**
   * Lists the leases of a dynamic secret, without their credentials.
   *
   * @param options - Of which dynamic secret.
   * @returns The leases.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such dynamic secret, folder, environment or
   * project.
   */
  list(options: ListDynamicSecretLeasesOptions): Promise<ListLeasesResponse>;
}

/** Makes the calls. */
export function createLeaseCalls(tools: LeaseTools): LeaseCalls {
  const { http } = tools;
  return {
    create: (options) => takeLease(tools, options),
    async delete(leaseId, options) {
      const request = leaseRequests.delete(leaseId, options);
      return http.request<DeleteLeaseResponse>(request).catch((error: unknown) => {
        throw withAdvice(error);
      });
    },
    async renew(leaseId, options) {
      return http.request(leaseRequests.renew(leaseId, options));
    },
    async get(leaseId, options) {
      return http.request(leaseRequests.get(leaseId, options));
    },
    async list(options) {
      return http.request(leaseRequests.list(options));
    },
  };
}

const whyNotFound =
  "Where the place is right, the lease has ended: by itself, by another call, or by an earlier attempt of this one whose response was lost.";

/** The error of a deletion; one that finds no lease says that the deletion may have been carried out already. */
function withAdvice(error: unknown): unknown {
  if (!isGone(error)) return error;
  return rewordRequestError(error as InfisicalSDKRequestError, (text) => `${text} ${whyNotFound}`);
}
