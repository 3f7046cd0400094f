import {
  type HttpRequest,
  type InfisicalErrorCode,
  InfisicalSDKError,
  InfisicalSDKRequestError,
  isInfisicalError,
  type PluginContext,
} from "@infisical/core";
import {
  abortable,
  abortReason,
  optionError,
  parseCallOptions,
  rewordRequestError,
  warn,
  withCallersStack,
  withoutSecrets,
} from "@infisical/core/authoring";
import { leaseCreation } from "../option-rules.ts";
import type { ProviderType } from "../providers/registry.ts";
import { leaseRequests } from "../requests.ts";
import {
  type CreateDynamicSecretLeaseOptions,
  type CreateLeaseResponse,
  type DeleteLeaseResponse,
  type Lease,
  LeaseStatus,
  type UseLeaseOptions,
} from "./types.ts";

/**
 * Creates a lease for a caller who can stop waiting: the call then rejects at once, and the lease is revoked when its
 * response arrives.
 */
export async function createLease<Type extends ProviderType>(
  context: PluginContext,
  given: CreateDynamicSecretLeaseOptions<Type>,
): Promise<CreateLeaseResponse<Type>> {
  const options = parseCallOptions(given, leaseCreation);
  const { signal } = options;
  if (signal?.aborted) throw abortReason(signal);
  const created = requestLease(context, options);
  const waited = abortable(created, signal);
  const settled = waited.then(ignore, () =>
    created.then((lease) => revokeLease(context, lease, options), ignore),
  );
  // A client that closes waits for the revocation.
  const forget = context.onClose(() => settled);
  settled.then(forget);
  return withCallersStack(() => waited, signal);
}

/** Creates a lease and ignores the caller's signal: a lease that the server created must arrive, to be revoked. */
export async function requestLease<Type extends ProviderType>(
  context: PluginContext,
  options: CreateDynamicSecretLeaseOptions<Type>,
): Promise<CreateLeaseResponse<Type>> {
  const request: HttpRequest = { ...leaseRequests.create(options), signal: undefined };
  const created = await context.http.request<CreateLeaseResponse<Type>>(request).catch((error: unknown) => {
    throw withAdvice(error, options.dynamicSecretName);
  });
  const { type } = created.dynamicSecret;
  const { id, expireAt } = created.lease;
  context.events.emit?.("lease-created", { leaseId: id, provider: type, expiresAt: Date.parse(expireAt) });
  if (options.provider === undefined || options.provider === type) return created;
  await revokeLease(context, created, options);
  throw optionError(
    "provider",
    `must be the dynamic secret's own, ${JSON.stringify(type)}`,
    options.provider,
  );
}

/** The codes and the statuses after which nobody knows whether the server created a lease. */
const unknownOutcomes: readonly InfisicalErrorCode[] = [
  "CONNECTION_LOST",
  "TIMEOUT",
  "INVALID_RESPONSE",
  "GATEWAY_ERROR",
];

const gatewayStatuses: readonly number[] = [502, 503, 504];

/** Adds to an error of unknown outcome how to find a lease that the server may have created. */
function withAdvice(error: unknown, dynamicSecretName: string): unknown {
  if (!isInfisicalError(error) || error.name !== "InfisicalSDKRequestError") return error;
  const { code, statusCode = 0 } = error;
  if (!unknownOutcomes.includes(code) && !gatewayStatuses.includes(statusCode)) return error;
  const advice = `A lease may have been created anyway: look for it with leases.list of "${dynamicSecretName}", and delete it.`;
  return rewordRequestError(error, (text) => `${text} ${advice}`);
}

/** Revokes a lease that is no longer needed, even while the client closes. Never rejects: a failure is reported. */
export async function revokeLease(
  { closingHttp, events }: PluginContext,
  { lease, data }: CreateLeaseResponse<ProviderType>,
  options: UseLeaseOptions<ProviderType>,
): Promise<void> {
  const { projectSlug, environmentSlug, path, timeout, onRevokeFailed = warnAboutLease } = options;
  let current = lease;
  try {
    // Without the caller's signal: an abort is one reason to revoke.
    const request = leaseRequests.delete(lease.id, { projectSlug, environmentSlug, path, timeout });
    current = (await closingHttp.request<DeleteLeaseResponse>(request)).lease;
    if (current.status === LeaseStatus.FailedToDelete) throw revocationFailed();
    events.emit?.("lease-revoked", { leaseId: lease.id, outcome: "succeeded" });
  } catch (error) {
    if (isGone(error)) {
      events.emit?.("lease-revoked", { leaseId: lease.id, outcome: "succeeded" });
      return;
    }
    const code = isInfisicalError(error) ? error.code : undefined;
    events.emit?.("lease-revoked", { leaseId: lease.id, outcome: "failed", code });
    // The callback is not awaited, and nothing that it does causes harm.
    report(error, current, data, onRevokeFailed).catch(ignore);
  }
}

function revocationFailed(): InfisicalSDKError {
  // The lease has the details, which can quote a statement.
  return new InfisicalSDKError("The provider failed to revoke the credentials, which might still work.", {
    code: "REVOCATION_FAILED",
  });
}

async function report(
  error: unknown,
  lease: Lease,
  data: unknown,
  onRevokeFailed: NonNullable<UseLeaseOptions["onRevokeFailed"]>,
): Promise<void> {
  const safeError = errorWithoutCredentials(error, data);
  const { statusDetails } = lease;
  const safeLease = statusDetails ? { ...lease, statusDetails: withoutSecrets(statusDetails, data) } : lease;
  try {
    await onRevokeFailed(safeError, safeLease);
  } catch {
    warnAboutLease(safeError, safeLease);
  }
}

function warnAboutLease({ message }: Error, { id }: Lease): void {
  warn("INFISICAL_LEASE_NOT_REVOKED", `Lease ${id} could not be revoked: ${message}`);
}

/** Whether an error means that the lease no longer exists, so that its credentials are revoked. */
export function isGone(error: unknown): error is InfisicalSDKRequestError {
  return isInfisicalError(error) && error.code === "NOT_FOUND";
}

/** Returns the error without the credentials of a lease, which the server's message can quote. */
export function errorWithoutCredentials(error: unknown, data: unknown): Error {
  const hide = (text: string): string => withoutSecrets(text, data);
  if (!isInfisicalError(error)) {
    const message = error instanceof Error ? error.message : "something that is not an error was thrown.";
    return error instanceof Error && hide(message) === message ? error : new Error(hide(message));
  }
  if (error.name === "InfisicalSDKError")
    return new InfisicalSDKError(hide(error.message), { code: error.code });
  const { code, method, url, statusCode, requestId, retryAfter, text } = error;
  return new InfisicalSDKRequestError(hide(text), {
    ...{ code, method, url, statusCode, requestId, retryAfter },
    details: mapTexts(error.details, hide),
  });
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mapTexts(inner, change)]));
}

function ignore(): void {}
