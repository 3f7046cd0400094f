import type { AuthStrategy } from "@infisical/core";
import {
  defineStrategy,
  fieldsOf,
  identityIdOrVariable,
  parseOrganizationSlug,
} from "@infisical/core/authoring";
import { requirePath } from "@infisical/core/logins";
import { explain } from "./advice.ts";
import { serviceAccountToken } from "./service-account-token.ts";

/** The identity to log in as, and where the token of the pod's service account is. */
export interface KubernetesAuthOptions {
  /**
   * The id of the machine identity.
   *
   * @defaultValue the variable `INFISICAL_MACHINE_IDENTITY_ID`
   */
  readonly identityId?: string | undefined;
  /**
   * The path of the token file, which is read at every login. Set it for a projected volume with an audience of its own.
   *
   * @defaultValue the variable `INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH`; if it is not set, the token in
   * `INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN`; otherwise `/var/run/secrets/kubernetes.io/serviceaccount/token`
   */
  readonly tokenPath?: string | undefined;
  /**
   * The slug of the sub-organization to act in: up to 32 lower-case letters, digits and hyphens.
   *
   * @defaultValue the organization in which the identity was created
   */
  readonly organizationSlug?: string | undefined;
}

const parse = fieldsOf({
  identityId: identityIdOrVariable,
  "tokenPath?": (option, value) => requirePath(option, value),
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
