import type { InfisicalSDKRequestError } from "@infisical/core";
import { describeJwt, type JwtContent, type LoginAdvice } from "@infisical/core/authoring";

/** What a person should check for each label or text with which the server refuses. */
const refusals: readonly (readonly [said: RegExp, advice: string])[] = [
  [
    /auth method not found for identity/,
    "Check the identity's id, and that Kubernetes Auth is among its auth methods; a server too old for the method says so too.",
  ],
  [/Identity not found/, "The identity was deleted, and only its auth method is left."],
  [
    /Sub organization with slug|not authorized to access sub organization/i,
    "The token was accepted; check organizationSlug, and that the identity is a member of that organization.",
  ],
  [
    /namespace not allowed/i,
    "The allowed namespaces of the Kubernetes Auth must include the one of the pod's service account.",
  ],
  [/name not allowed/i, "The allowed names of the Kubernetes Auth must include the pod's service account."],
  [
    /audience not allowed/i,
    "The allowed audience of the Kubernetes Auth must equal the token's: mount a projected serviceAccountToken volume with " +
      "that audience, and set tokenPath. Servers before December 2024 only accept the cluster's own audience.",
  ],
  [
    /KubernetesTokenReviewerUnauthorized/,
    "The cluster did not accept the token with which Infisical asks it: the reviewer JWT of the Kubernetes Auth has expired or " +
      "is of another cluster. Without a reviewer JWT, the pod's own token is used.",
  ],
  [
    /KubernetesTokenReviewerForbidden/,
    "The service account with which Infisical asks the cluster needs the role system:auth-delegator; without a reviewer JWT, " +
      "that is the pod's own.",
  ],
  [
    /KubernetesTokenReviewError|token not authenticated/i,
    "The cluster does not know the token: it is of another cluster, or has expired, or was issued for another audience.",
  ],
  [
    /Local IPs not allowed/,
    "The cluster's address is a private one: a self-hosted server needs ALLOW_INTERNAL_IP_CONNECTIONS=true for it, or a gateway.",
  ],
  [/KubernetesUsernameParseError/, "The token must be of a service account, not of a user or a node."],
];

/** The labels with which a server says that it could not ask the cluster. Its address is in the Kubernetes Auth. */
const outages: readonly (readonly [said: RegExp, advice: string])[] = [
  [
    /ConnectionRefused/,
    "Infisical could not connect to the Kubernetes host of the Kubernetes Auth: check address, port and firewall.",
  ],
  [
    /HostNotFound/,
    "Infisical could not resolve the Kubernetes host of the Kubernetes Auth: it must be reachable from the server.",
  ],
  [
    /ConnectionTimeout/,
    "The Kubernetes host of the Kubernetes Auth did not answer Infisical in time: check firewall and address.",
  ],
  [
    /CertificateError/,
    "Infisical did not accept the certificate of the Kubernetes host: check the CA certificate of the Kubernetes Auth.",
  ],
  [
    /TokenReviewRequestError/,
    "The Kubernetes host did not answer as a cluster does: check its address in the Kubernetes Auth.",
  ],
];

/** Explains a failed login. That the server could not ask the cluster is an outage, not a refusal. */
export function explainRefusal(error: InfisicalSDKRequestError, jwt: JwtContent): LoginAdvice | undefined {
  const said = `${error.label ?? ""} ${error.text}`;
  const find = (rows: typeof refusals) => rows.find(([pattern]) => pattern.test(said))?.[1];
  const outage = find(outages);
  if (outage !== undefined) return { advice: outage, code: "SERVER_ERROR" };
  const refusal = find(refusals);
  if (refusal === undefined) return undefined;
  const described = describeJwt(jwt);
  return { advice: described === "" ? refusal : `${refusal} The token: ${described}.` };
}
