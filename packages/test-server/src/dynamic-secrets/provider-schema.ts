import { type ZodTypeAny, z } from "zod";
import { cloudInputs } from "./inputs/clouds.js";
import { databaseInputs } from "./inputs/databases.js";
import { serviceInputs } from "./inputs/services.js";

/** A provider as a request names it, its inputs with the server's defaults filled in. */
export interface Provider {
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

const inputsByType: Readonly<Record<string, ZodTypeAny>> = {
  ...databaseInputs,
  ...cloudInputs,
  ...serviceInputs,
};

const [first, ...others] = Object.entries(inputsByType).map(([type, inputs]) =>
  z.object({ type: z.literal(type), inputs }),
);

/** Any provider, told apart by its type; inputs that a provider does not know fall away. */
export const providerSchema: z.ZodType<Provider, z.ZodTypeDef, unknown> = z.discriminatedUnion("type", [
  first as NonNullable<typeof first>,
  ...others,
]) as unknown as z.ZodType<Provider, z.ZodTypeDef, unknown>;

/** The inputs of one provider. */
export function inputsSchema(type: string): ZodTypeAny {
  return inputsByType[type] ?? z.never();
}
