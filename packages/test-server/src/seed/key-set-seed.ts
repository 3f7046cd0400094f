import { z } from "zod";
import type { JsonWebKeySet } from "../clouds/token-issuer.ts";
import { accepting, type Check, list, object, optional, record } from "../engine/check.ts";

const jsonWebKey: Check<Readonly<Record<string, unknown>>> = record(accepting<unknown>(z.unknown()));

/** A JWKS of a seed. */
export const requiredKeySet: Check<JsonWebKeySet> = object({ keys: list(jsonWebKey) });

/** A JWKS of a seed, which can be left out. */
export const keySet: Check<JsonWebKeySet | undefined> = optional(requiredKeySet);
