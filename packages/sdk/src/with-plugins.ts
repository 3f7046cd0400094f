import type { Plugin, PluginAccessors } from "@infisical/core";
import type { FromEnvironmentOptions } from "./environment.ts";
import { InfisicalSDK as Implementation, type InfisicalSDKOptions } from "./infisical-sdk.ts";

/** The whole SDK in one object: every auth method, every resource, and the accessors of plugins. */
export type InfisicalSDK = Implementation;

/** How an `InfisicalSDK` is created. A class cannot say that its instances have the accessors of an option. */
export interface InfisicalSDKConstructor {
  /**
   * Creates a client. Nothing is sent before the first call.
   *
   * @typeParam Plugins - The plugins of one's own; inferred from the options.
   * @param options - See {@link InfisicalSDKOptions}. An empty `siteUrl` is the default, as in the official SDK.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule.
   */
  new <const Plugins extends readonly Plugin[] = readonly Plugin[]>(
    options?: InfisicalSDKOptions<Plugins>,
  ): Implementation & PluginAccessors<Plugins>;
  /**
   * Creates a client from the environment: the server's address, headers for a gateway, and `environmentAuth()`.
   *
   * The address is `INFISICAL_SITE_URL`, `INFISICAL_API_URL` or `INFISICAL_DOMAIN`; the headers are in
   * `INFISICAL_CUSTOM_HEADERS`, as for the CLI; the sub-organization is `INFISICAL_AUTH_ORGANIZATION_SLUG`. The first login
   * decides how to log in.
   *
   * @typeParam Plugins - The plugins of one's own; inferred from the options.
   * @param options - Further options, which come before the environment, and the variables to read.
   * @returns The client.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option or a variable breaks a rule, or two addresses differ.
   *
   * @example
   * import { InfisicalSDK } from "@infisical/sdk";
   * const environment = { INFISICAL_DOMAIN: "https://eu.infisical.com/api", INFISICAL_TOKEN: "a-token" };
   * const client = InfisicalSDK.fromEnvironment({ environment });
   */
  fromEnvironment<const Plugins extends readonly Plugin[] = readonly Plugin[]>(
    options?: FromEnvironmentOptions<Plugins>,
  ): Implementation & PluginAccessors<Plugins>;
  /** What all instances share, for `instanceof`. */
  readonly prototype: Implementation;
}

/**
 * The whole SDK in one class: every auth method and every resource, and those of plugins.
 *
 * @example
 * import { InfisicalSDK } from "@infisical/sdk";
 * const client = new InfisicalSDK({ siteUrl: "https://app.infisical.com" });
 * const read = async () => {
 *   await client.auth().universalAuth.login({ clientId: "id", clientSecret: "secret" });
 *   return client.secrets().listSecrets({ projectId: "id", environment: "dev" });
 * };
 */
export const InfisicalSDK = Implementation as InfisicalSDKConstructor;
