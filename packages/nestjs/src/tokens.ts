import { requireText } from "@infisical/core/authoring";
import { InfisicalSDK } from "@infisical/sdk";
import { Inject } from "@nestjs/common";

/**
 * Returns what a client is injected by, for `overrideProvider` in tests, and for `inject` of a factory.
 *
 * @param name - The client's name; omit it for the client without one.
 * @returns The class `InfisicalSDK`; for a client with a name, a text. Nest's error shows it where a client is missing.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: the name is not a non-empty string.
 *
 * @example
 * import { getInfisicalToken } from "@infisical/nestjs";
 * console.log(getInfisicalToken("billing")); // InfisicalModule.forRoot({ name: "billing" })
 */
export function getInfisicalToken(name?: string): typeof InfisicalSDK | string {
  if (name === undefined) return InfisicalSDK;
  return `InfisicalModule.forRoot({ name: ${JSON.stringify(requireText("name", name))} })`;
}

/**
 * Injects a client into a parameter of a constructor, or into a property.
 *
 * For the client without a name, the type `InfisicalSDK` alone does the same.
 *
 * @param name - The name of the client, as `InfisicalModule` has it; omit it for the client without one.
 * @returns The decorator.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: the name is not a non-empty string.
 *
 * @example
 * import { InjectInfisical } from "@infisical/nestjs";
 * import type { InfisicalSDK } from "@infisical/sdk";
 * class BillingService {
 *   constructor(readonly infisical: InfisicalSDK) {}
 * }
 * // What `constructor(@InjectInfisical("billing") readonly infisical: InfisicalSDK)` does.
 * InjectInfisical("billing")(BillingService, undefined, 0);
 */
export function InjectInfisical(name?: string): ParameterDecorator & PropertyDecorator {
  return Inject(getInfisicalToken(name));
}
