import { type ApiError, badRequest, unauthorized } from "../api/api-error.ts";
import type { Routes } from "../api/routes.ts";
import type { ClusterFailure, TokenReview } from "../clouds/kubernetes-cluster.ts";
import { matchesGlob } from "./claims.ts";
import type { KubernetesAuth } from "./identities.ts";
import { registerLogin, requireMethod, tokenBody } from "./login.ts";
import { refuseInternal } from "./outgoing.ts";

/** The login of machine identities as a service account of Kubernetes, whose token the cluster reviews. */
export function registerKubernetesAuth(routes: Routes): void {
  const { state } = routes;
  registerLogin(routes, {
    authMethod: "kubernetes-auth",
    body: tokenBody,
    prove: ({ identityId, jwt }) => {
      const proven = requireMethod(state, identityId, {
        name: "Kubernetes auth",
        method: ({ kubernetesAuth }) => kubernetesAuth,
      });
      const { kubernetesHost } = proven.method;
      refuseInternal(state, kubernetesHost);
      const { cluster } = state;
      if (cluster.failure) throw clusterError(cluster.failure, kubernetesHost);
      const account = reviewedAccount(cluster.review(jwt), proven.method);
      return { ...proven, identityAuth: { kubernetes: account } };
    },
  });
}

interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

/** The service account that the cluster recognizes. Throws unless the identity's configuration allows it. */
function reviewedAccount(review: TokenReview, allowed: KubernetesAuth): ServiceAccount {
  const label = "KubernetesTokenReviewError";
  if (review.error !== undefined) throw unauthorized(review.error, label);
  if (!review.authenticated) throw unauthorized("Kubernetes token not authenticated", label);
  const account = parseUsername(review.username);
  if (!isListed(account.namespace, allowed.allowedNamespaces)) {
    throw unauthorized("Access denied: K8s namespace not allowed.");
  }
  if (!isListed(account.name, allowed.allowedNames)) {
    throw unauthorized("Access denied: K8s name not allowed.");
  }
  const { allowedAudience } = allowed;
  if (allowedAudience !== undefined && !review.audiences.includes(allowedAudience)) {
    throw unauthorized("Access denied: K8s audience not allowed.");
  }
  return account;
}

function parseUsername(username: string): ServiceAccount {
  const [, namespace, name] = /^system:serviceaccount:([^:]*):([^:]*)$/.exec(username) ?? [];
  if (namespace === undefined || name === undefined) {
    throw badRequest(
      `Invalid Kubernetes service account username format: "${username}". Expected format: system:serviceaccount:<namespace>:<name>`,
      "KubernetesUsernameParseError",
    );
  }
  return { namespace, name };
}

/** Whether a name is in a list that is separated by commas. Every name is allowed by a missing list. */
function isListed(name: string, list: string | undefined): boolean {
  return list === undefined || list.split(",").some((pattern) => matchesGlob(name, pattern.trim()));
}

/** The error with which the server reports that the cluster did not review a token. */
function clusterError(failure: ClusterFailure, host: string): ApiError {
  switch (failure) {
    case "connection-refused":
      return badRequest(
        `Failed to connect to Kubernetes API server at ${host}: Connection refused. Verify the host URL and ensure the kubernetes api server is accessible.`,
        "KubernetesConnectionRefused",
      );
    case "host-not-found":
      return badRequest(
        `Failed to resolve Kubernetes API server hostname: ${host}. Verify the hostname is correct.`,
        "KubernetesHostNotFound",
      );
    case "timeout":
      return badRequest(
        `Connection to Kubernetes API server at ${host} timed out. Verify network connectivity and firewall rules.`,
        "KubernetesConnectionTimeout",
      );
    case "certificate":
      return badRequest(
        `SSL certificate verification failed for Kubernetes API server at ${host}. The server uses a self-signed certificate. Please provide the CA certificate in the configuration.`,
        "KubernetesCertificateError",
      );
  }
  const { status, message } = failure;
  if (status === 401) {
    return unauthorized(
      message ||
        "Token reviewer JWT is invalid or expired. Please verify the token reviewer JWT is correct and has not expired.",
      "KubernetesTokenReviewerUnauthorized",
    );
  }
  if (status === 403) {
    return unauthorized(
      message ||
        "Token reviewer JWT does not have permission to perform TokenReviews. Ensure the service account has the 'system:auth-delegator' ClusterRole binding.",
      "KubernetesTokenReviewerForbidden",
    );
  }
  return badRequest(
    message || `Kubernetes returned HTTP ${status}: Unknown error`,
    "KubernetesTokenReviewRequestError",
  );
}
