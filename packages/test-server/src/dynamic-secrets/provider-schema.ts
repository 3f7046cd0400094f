import { type ZodTypeAny, z } from "zod";
import { cloudInputs } from "./inputs/clouds.ts";
import { databaseInputs } from "./inputs/databases.ts";
import { serviceInputs } from "./inputs/services.ts";

/** The provider of a request, its inputs with the server's defaults filled in. */
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

/** Any provider, discriminated by its type. Unknown inputs are dropped. */
export const providerSchema: z.ZodType<Provider, z.ZodTypeDef, unknown> = z.discriminatedUnion("type", [
  first as NonNullable<typeof first>,
  ...others,
]) as unknown as z.ZodType<Provider, z.ZodTypeDef, unknown>;

/** The inputs of one provider. */
export function inputsSchema(type: string): ZodTypeAny {
  return inputsByType[type] ?? z.never();
}
