import { z } from "zod";
import type { JsonWebKeySet } from "../clouds/token-issuer.ts";
import { accepting, type Check, list, object, optional, record } from "../engine/check.ts";

const jsonWebKey: Check<Readonly<Record<string, unknown>>> = record(accepting<unknown>(z.unknown()));

/** A JWKS of a seed. */
export const keySet: Check<JsonWebKeySet | undefined> = optional<JsonWebKeySet>(
  object({ keys: list(jsonWebKey) }),
);
