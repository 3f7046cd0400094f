import type { DynamicSecret, Lease } from "../state/dynamic-secret-entities.js";

/** A dynamic secret as it goes over the wire in lists and beside leases. */
export function dynamicSecretView(dynamicSecret: DynamicSecret): Record<string, unknown> {
  const { leases: _leases, folder, inputs: _inputs, ...rest } = dynamicSecret;
  return { ...rest, folderId: folder.id };
}

/** The same with what its provider was told, credentials and all but what the server never gives out. */
export function detailedView(dynamicSecret: DynamicSecret): Record<string, unknown> {
  const { clientAuth, ...inputs } = dynamicSecret.inputs;
  if (clientAuth === undefined) return { ...dynamicSecretView(dynamicSecret), inputs };
  const { clientSecret: _clientSecret, ...shown } = clientAuth as Record<string, unknown>;
  return { ...dynamicSecretView(dynamicSecret), inputs: { ...inputs, clientAuth: shown } };
}

/** A lease as it goes over the wire: its credentials are given out beside it, and once. */
export function leaseView({ dynamicSecret, data: _data, ...rest }: Lease): Record<string, unknown> {
  return { ...rest, config: rest.config ?? null, dynamicSecretId: dynamicSecret.id };
}
