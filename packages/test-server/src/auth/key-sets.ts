import type { ServerState } from "../api/server-state.ts";
import { fetchText, OutgoingError } from "./outgoing.ts";

/** A public key of a JWKS. */
export type PublicJwk = Readonly<Record<string, unknown>>;

/** No key of a JWKS has the id that a token names. */
export class KeyNotFoundError extends Error {
  override readonly name = "KeyNotFoundError";
}

/** Fetches the keys of a JWKS that verify signatures. Throws {@link OutgoingError} if there are none. */
export async function fetchKeys(state: ServerState, url: string): Promise<PublicJwk[]> {
  try {
    return signingKeys(JSON.parse(await fetchText(state, url)));
  } catch (error) {
    if (error instanceof OutgoingError) throw new OutgoingError(error.detail ?? error.message);
    throw error;
  }
}

/** The keys of a JWKS that verify signatures. Throws {@link OutgoingError} if there are none. */
export function signingKeys(jwks: unknown): PublicJwk[] {
  const { keys } = Object(jwks);
  if (!Array.isArray(keys) || keys.length === 0) {
    throw new OutgoingError("The JWKS endpoint did not contain any keys");
  }
  const usable = keys.filter(({ use, kty }) => (use === undefined || use === "sig") && kty !== "oct");
  if (usable.length === 0) throw new OutgoingError("The JWKS endpoint did not contain any signing keys");
  return usable;
}

/** The key with the id that a token names. Throws {@link KeyNotFoundError}. */
export function keyOf(keys: readonly PublicJwk[], keyId: unknown): PublicJwk {
  const key = keys.find(({ kid }) => kid === keyId);
  if (keyId === undefined || key === undefined) throw new KeyNotFoundError(String(keyId));
  return key;
}
