import { boolean, list, name, type ObjectOf, object, optional, record, text, url } from "../engine/check.ts";
import { accessTokenSeed } from "./access-token-seed.ts";

export const tokenReviewSeed = object({
  /**
   * Whether the cluster accepts the token.
   *
   * @defaultValue true
   */
  authenticated: optional(boolean),
  /**
   * Who presents the token.
   *
   * @defaultValue "system:serviceaccount:default:default"
   */
  username: optional(text),
  /**
   * The audiences for which the token is valid.
   *
   * @defaultValue none
   */
  audiences: optional(list(text)),
  /**
   * Why the cluster cannot review the token.
   *
   * @defaultValue the review succeeds
   */
  error: optional(text),
});

/** What the simulated Kubernetes cluster says about a token. */
export interface TokenReviewSeed extends ObjectOf<typeof tokenReviewSeed.fields> {}

export const kubernetesAuthSeed = object({
  ...accessTokenSeed.fields,
  /**
   * The address of the cluster. No request is sent there: the cluster is simulated.
   *
   * @defaultValue "https://kubernetes.test:6443"
   */
  kubernetesHost: optional(url),
  /** What the cluster says about each token. It does not know any others. All identities share one cluster. */
  reviews: optional(record<TokenReviewSeed>(tokenReviewSeed)),
  /**
   * The allowed namespaces of service accounts, separated by commas; globs too.
   *
   * @defaultValue any
   */
  allowedNamespaces: optional(name),
  /**
   * The allowed names of service accounts, separated by commas; globs too.
   *
   * @defaultValue any
   */
  allowedNames: optional(name),
  /**
   * The audience that a token must have.
   *
   * @defaultValue any
   */
  allowedAudience: optional(name),
});

/**
 * Kubernetes Auth of a seeded identity: the cluster's tokens, and the service accounts that can log in.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   identities: [
 *     {
 *       name: "app",
 *       kubernetesAuth: { kubernetesHost: "https://kubernetes.default.svc", allowedNames: "app,worker", reviews: { "a-token": { authenticated: false } } },
 *     },
 *   ],
 * });
 */
export interface KubernetesAuthSeed extends ObjectOf<typeof kubernetesAuthSeed.fields> {}
