import { definePlugin, type HttpRequest, type Plugin, type PluginContext } from "@infisical/core";
import { fieldsOf } from "@infisical/core/authoring";
import { createLeasesApi, type LeasesApi } from "./leases/api.ts";
import type { ProviderType } from "./providers/registry.ts";
import { dynamicSecretRequests } from "./requests.ts";
import type {
  CreateDynamicSecretOptions,
  DeleteDynamicSecretOptions,
  DynamicSecret,
  DynamicSecretLocation,
  UpdateDynamicSecretOptions,
} from "./types.ts";

/**
 * Manages dynamic secrets and their leases.
 *
 * Every method rejects with an `InfisicalSDKRequestError`: `NOT_FOUND` if the dynamic secret, folder, environment or
 * project does not exist, `FORBIDDEN` if the identity is not allowed to do it, and others: see `docs/errors.md`.
 */
export interface DynamicSecretsApi {
  /**
   * Creates a dynamic secret. Sent at most once, unless the server is known not to have processed it.
   *
   * @param options - Its name, its provider with the inputs, and how long leases are valid.
   * @returns The dynamic secret.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is missing, unknown, or breaks a rule.
   * @throws {InfisicalSDKRequestError} `ALREADY_EXISTS`: the name is taken. `VALIDATION_FAILED`: an input is missing or
   * malformed, or the server does not know the provider. `SERVER_ERROR`: the server could not reach the provider.
   */
  create<const Type extends ProviderType>(options: CreateDynamicSecretOptions<Type>): Promise<DynamicSecret>;
  /**
   * Changes a dynamic secret. Existing leases stay unchanged.
   *
   * @param dynamicSecretName - Its name.
   * @param options - Its location, and the settings to change.
   * @returns The changed dynamic secret.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is missing, unknown, or breaks a rule.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: no dynamic secret has this name.
   */
  update<const Type extends ProviderType = string>(
    dynamicSecretName: string,
    options: UpdateDynamicSecretOptions<Type>,
  ): Promise<DynamicSecret>;
  /**
   * Deletes a dynamic secret and revokes its leases.
   *
   * If it has leases, the server continues to revoke them after it has responded: `status` is then
   * `DynamicSecretStatus.Deleting`.
   *
   * @param dynamicSecretName - Its name.
   * @param options - Its location.
   * @returns The dynamic secret as it was.
   * @throws {InfisicalSDKRequestError} `BAD_REQUEST`: no dynamic secret has this name.
   */
  delete(dynamicSecretName: string, options: DeleteDynamicSecretOptions): Promise<DynamicSecret>;
  /**
   * Gets a dynamic secret.
   *
   * @param dynamicSecretName - Its name.
   * @param options - Its location.
   * @returns The dynamic secret; its `inputs` contain credentials.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the dynamic secret, folder, environment or project does not exist.
   */
  get(dynamicSecretName: string, options: DynamicSecretLocation): Promise<DynamicSecret>;
  /**
   * Lists the dynamic secrets of one folder.
   *
   * @param options - The folder.
   * @returns The dynamic secrets, without their inputs.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the folder, environment or project does not exist.
   */
  list(options: DynamicSecretLocation): Promise<DynamicSecret[]>;
  /** Creates, uses, renews and revokes leases. */
  readonly leases: LeasesApi;
}

/** The plugin that adds `client.dynamicSecrets()`. */
export type DynamicSecretsPlugin = Plugin<"dynamicSecrets", DynamicSecretsApi>;

const assertNoOptions = fieldsOf({});

/**
 * Adds `client.dynamicSecrets()`: dynamic secrets and their leases.
 *
 * @param options - None exist; every option is refused.
 * @returns A plugin for the client's `plugins`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option was passed.
 *
 * @example
 * import { createClient } from "@infisical/core";
 * import { dynamicSecrets } from "@infisical/dynamic-secrets";
 * const client = createClient({ plugins: [dynamicSecrets()] });
 * const location = { projectSlug: "shop", environmentSlug: "dev" };
 * const lease = () => client.dynamicSecrets().leases.create({ ...location, dynamicSecretName: "db", ttl: "5m" });
 */
export function dynamicSecrets(options?: Readonly<Record<string, never>>): DynamicSecretsPlugin {
  assertNoOptions("", options);
  return definePlugin("dynamicSecrets", createDynamicSecretsApi);
}

function createDynamicSecretsApi(context: PluginContext): DynamicSecretsApi {
  const { http } = context;
  const send = async (request: HttpRequest): Promise<DynamicSecret> =>
    (await http.request<{ dynamicSecret: DynamicSecret }>(request)).dynamicSecret;
  return {
    async create(options) {
      return send(dynamicSecretRequests.create(options));
    },
    async update(dynamicSecretName, options) {
      return send(dynamicSecretRequests.update(dynamicSecretName, options));
    },
    async delete(dynamicSecretName, options) {
      return send(dynamicSecretRequests.delete(dynamicSecretName, options));
    },
    async get(dynamicSecretName, options) {
      return send(dynamicSecretRequests.get(dynamicSecretName, options));
    },
    async list(options) {
      const request = dynamicSecretRequests.list(options);
      return (await http.request<{ dynamicSecrets: DynamicSecret[] }>(request)).dynamicSecrets;
    },
    leases: createLeasesApi(context),
  };
}
