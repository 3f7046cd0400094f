import { optionError, requireText } from "@infisical/core/authoring";
import type { DynamicSecretProvider, ProviderType } from "./provider.ts";

/** Checks that a provider has a type and inputs; which ones it needs is the server's to say. Inputs are never repeated. */
export function checkProvider(
  provider: DynamicSecretProvider<ProviderType>,
): DynamicSecretProvider<ProviderType> {
  const { type, inputs } = Object(provider) as Partial<DynamicSecretProvider<ProviderType>>;
  requireText("provider.type", type);
  if (typeof inputs === "object" && inputs !== null) return provider;
  throw optionError("provider.inputs", "must be an object");
}
