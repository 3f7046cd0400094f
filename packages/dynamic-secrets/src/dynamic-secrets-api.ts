import type { HttpClient, PluginContext } from "@infisical/core";
import type { DynamicSecret } from "./dynamic-secret.ts";
import { createLeasesApi, type LeasesApi } from "./leases-api.ts";
import type {
  CreateDynamicSecretOptions,
  DeleteDynamicSecretOptions,
  DynamicSecretLocation,
  UpdateDynamicSecretOptions,
} from "./options.ts";
import type { ProviderType } from "./provider.ts";
import { dynamicSecretRequests } from "./wire.ts";

/**
 * Manages dynamic secrets and their leases.
 *
 * Every method rejects with an `InfisicalSDKRequestError`: `NOT_FOUND` where the dynamic secret, folder,
 * environment or project is unknown, `FORBIDDEN` where the identity may not do it, and see `docs/errors.md`.
 */
export interface DynamicSecretsApi {
  /**
   * Creates a dynamic secret. It is sent once: never again unless the server certainly did nothing.
   *
   * @param options - Its name, its provider with what that needs to know, and how long leases are good.
   * @returns The dynamic secret.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is missing, unknown, or breaks a rule.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: the name is taken. `VALIDATION_FAILED`: an input is missing or
   * malformed, or the server does not know the provider. `SERVER_ERROR`: the server could not reach it.
   */
  create<const Type extends ProviderType>(options: CreateDynamicSecretOptions<Type>): Promise<DynamicSecret>;
  /**
   * Changes a dynamic secret. Leases that were taken already are left as they are.
   *
   * @param dynamicSecretName - Its name.
   * @param options - Where it is, and what is to change.
   * @returns The dynamic secret as it is now.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is missing, unknown, or breaks a rule.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is none of that name.
   */
  update<const Type extends ProviderType = string>(
    dynamicSecretName: string,
    options: UpdateDynamicSecretOptions<Type>,
  ): Promise<DynamicSecret>;
  /**
   * Deletes a dynamic secret and revokes its leases.
   *
   * With leases, the server goes on revoking them after it has answered: `status` is then
   * `DynamicSecretStatus.Deleting`.
   *
   * @param dynamicSecretName - Its name.
   * @param options - Where it is.
   * @returns The dynamic secret as it was.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: there is none of that name.
   */
  delete(dynamicSecretName: string, options: DeleteDynamicSecretOptions): Promise<DynamicSecret>;
  /**
   * Gets a dynamic secret.
   *
   * @param dynamicSecretName - Its name.
   * @param options - Where it is.
   * @returns The dynamic secret; its `inputs` hold credentials.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such dynamic secret, folder, environment or
   * project.
   */
  get(dynamicSecretName: string, options: DynamicSecretLocation): Promise<DynamicSecret>;
  /**
   * Lists the dynamic secrets of one folder.
   *
   * @param options - Where to look.
   * @returns The dynamic secrets, without their inputs.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: there is no such folder, environment or project.
   */
  list(options: DynamicSecretLocation): Promise<DynamicSecret[]>;
  /** Takes leases, renews them and revokes them. */
  readonly leases: LeasesApi;
}

/** Makes the methods that `client.dynamicSecrets()` returns. */
export function createDynamicSecretsApi(context: PluginContext): DynamicSecretsApi {
  const { http } = context;
  const request = async (request: Parameters<HttpClient["request"]>[0]): Promise<DynamicSecret> =>
    (await http.request<{ dynamicSecret: DynamicSecret }>(request)).dynamicSecret;
  return {
    async create(options) {
      return request(dynamicSecretRequests.create(options));
    },
    async update(dynamicSecretName, options) {
      return request(dynamicSecretRequests.update(dynamicSecretName, options));
    },
    async delete(dynamicSecretName, options) {
      return request(dynamicSecretRequests.delete(dynamicSecretName, options));
    },
    async get(dynamicSecretName, options) {
      return request(dynamicSecretRequests.get(dynamicSecretName, options));
    },
    async list(options) {
      const request = dynamicSecretRequests.list(options);
      return (await http.request<{ dynamicSecrets: DynamicSecret[] }>(request)).dynamicSecrets;
    },
    leases: createLeasesApi(context),
  };
}
