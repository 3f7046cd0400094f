import type { AuthStrategy, IdentityOptions } from "@infisical/core";
import {
  defineStrategy,
  fieldsOf,
  identityIdOrVariable,
  parseOrganizationSlug,
} from "@infisical/core/authoring";
import { requirePath } from "@infisical/core/logins";
import { explain } from "./advice.ts";
import { serviceAccountToken } from "./service-account-token.ts";

/**
 * The identity to log in as, and where the token of the pod's service account is.
 *
 * @example
 * import { kubernetesAuth } from "@infisical/auth-kubernetes";
 * const auth = kubernetesAuth({ identityId, tokenPath: "/var/run/secrets/tokens/infisical" });
 */
export interface KubernetesAuthOptions extends IdentityOptions {
  /**
   * The path of the token file, which is read at every login. Set it for a projected volume with an audience of its own.
   *
   * @defaultValue the variable `INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH`; if it is not set, the token in
   * `INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN`; otherwise `/var/run/secrets/kubernetes.io/serviceaccount/token`
   */
  readonly tokenPath?: string | undefined;
}

const parse = fieldsOf({
  identityId: identityIdOrVariable,
  "tokenPath?": requirePath,
  "organizationSlug?": (_, value) => parseOrganizationSlug(value as string),
}) as (option: string, options: unknown) => KubernetesAuthOptions;

/**
 * Logs in with the service account of the Kubernetes pod in which the program runs: the cluster vouches for it.
 *
 * @param options - The identity and more; checked here. The token's file is read at every login.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is malformed, or the identity id is missing.
 *
 * @example
 * import { kubernetesAuth } from "@infisical/auth-kubernetes";
 * import { createClient } from "@infisical/core";
 * const client = createClient({ auth: kubernetesAuth({ identityId: "id" }) });
 */
export function kubernetesAuth(options: KubernetesAuthOptions = {}): AuthStrategy {
  const { tokenPath, ...shared } = parse("", options);
  const proof = async () => ({ jwt: await serviceAccountToken(tokenPath) });
  return defineStrategy("kubernetes-auth", shared, proof, explain);
}
