import {
  type HttpRequest,
  type InfisicalErrorCode,
  isInfisicalError,
  type PluginContext,
} from "@infisical/core";
import {
  abortable,
  abortReason,
  optionError,
  parseCallOptions,
  rewordRequestError,
} from "@infisical/core/authoring";
import type { CreateLeaseResponse } from "./lease.ts";
import type { CreateDynamicSecretLeaseOptions } from "./lease-options.ts";
import { leaseTaking } from "./option-rules.ts";
import type { ProviderType } from "./provider.ts";
import { type Release, releaseLease } from "./release-lease.ts";
import { leaseRequests } from "./wire.ts";

/** What it takes to take a lease, and to revoke one that nobody waits for any more. */
export interface LeaseTools extends Pick<PluginContext, "http" | "holdSecrets" | "onClose"> {
  readonly release: Release;
}

/**
 * Takes a lease for a caller who may stop waiting: the call then rejects at once, and the lease is revoked when its
 * response comes after all.
 */
export async function takeLease<Type extends ProviderType>(
  tools: LeaseTools,
  given: CreateDynamicSecretLeaseOptions<Type>,
): Promise<CreateLeaseResponse<Type>> {
  const options = parseCallOptions(given, leaseTaking);
  const { signal } = options;
  if (signal?.aborted) throw abortReason(signal);
  const taken = requestLease(tools, options);
  const waited = abortable(taken, signal);
  const settled = waited.then(ignore, () =>
    taken.then((lease) => releaseLease(tools.release, lease, options), ignore),
  );
  // A client that closes waits for the revocation.
  const forget = tools.onClose(() => settled);
  settled.then(forget);
  return waited;
}

/** Takes a lease, whatever the caller's signal says: one that the server has made must arrive, to be revoked. */
export async function requestLease<Type extends ProviderType>(
  { http, release }: LeaseTools,
  options: CreateDynamicSecretLeaseOptions<Type>,
): Promise<CreateLeaseResponse<Type>> {
  const request: HttpRequest = { ...leaseRequests.create(options), signal: undefined };
  const taken = await http.request<CreateLeaseResponse<Type>>(request).catch((error: unknown) => {
    throw withAdvice(error, options.dynamicSecretName);
  });
  const { type } = taken.dynamicSecret;
  if (options.provider === undefined || options.provider === type) return taken;
  await releaseLease(release, taken, options);
  throw optionError(
    "provider",
    `must be the dynamic secret's own, ${JSON.stringify(type)}`,
    options.provider,
  );
}

/** After these, nobody knows whether the server has made a lease. */
const unknownOutcome: readonly InfisicalErrorCode[] = [
  "CONNECTION_LOST",
  "TIMEOUT",
  "INVALID_RESPONSE",
  "GATEWAY_ERROR",
];

/** The error, with what to look at where a lease may be left on the server. */
function withAdvice(error: unknown, dynamicSecretName: string): unknown {
  if (!isInfisicalError(error) || error.name !== "InfisicalSDKRequestError") return error;
  const { code, statusCode = 0 } = error;
  if (!unknownOutcome.includes(code) && ![502, 503, 504].includes(statusCode)) return error;
  const advice = `A lease may have been taken all the same: look for it in leases.list of "${dynamicSecretName}", and delete it.`;
  return rewordRequestError(error, (text) => `${text} ${advice}`);
}

function ignore(): void {}
