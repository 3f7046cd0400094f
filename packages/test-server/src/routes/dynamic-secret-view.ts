import type { DynamicSecret, Lease } from "../state/dynamic-secret-entities.ts";

/** A dynamic secret in lists and next to leases, as sent to clients. */
export function dynamicSecretView(dynamicSecret: DynamicSecret): Record<string, unknown> {
  const { leases: _leases, folder, inputs: _inputs, ...rest } = dynamicSecret;
  return { ...rest, folderId: folder.id };
}

/** The same with the provider's inputs, including credentials, except for those that the server never returns. */
export function detailedView(dynamicSecret: DynamicSecret): Record<string, unknown> {
  const { clientAuth, ...inputs } = dynamicSecret.inputs;
  if (clientAuth === undefined) return { ...dynamicSecretView(dynamicSecret), inputs };
  const { clientSecret: _clientSecret, ...shown } = clientAuth as Record<string, unknown>;
  return { ...dynamicSecretView(dynamicSecret), inputs: { ...inputs, clientAuth: shown } };
}

/** A lease as sent to clients. Its credentials are returned next to it, and only once. */
export function leaseView({ dynamicSecret, data: _data, ...rest }: Lease): Record<string, unknown> {
  return { ...rest, config: rest.config ?? null, dynamicSecretId: dynamicSecret.id };
}
