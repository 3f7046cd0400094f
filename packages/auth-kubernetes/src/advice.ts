import type { InfisicalSDKRequestError } from "@infisical/core";
import { describeJwt, type LoginAdvice, readJwt } from "@infisical/core/authoring";

/** What a person should check, by a part of the server's label or text. */
const refusals: readonly (readonly [said: RegExp, advice: string])[] = [
  [/method not found/, "Check the identity's id, and that it has Kubernetes Auth."],
  [/^\w+ Identity not found/, "The identity was deleted."],
  [/sub organization/i, "The token was accepted: check organizationSlug."],
  [/name(?:space)? not allowed/, "Its Kubernetes Auth must allow the pod's namespace and service account."],
  [/audience not/, "Its allowed audience must be the token's: mount a projected volume, and set tokenPath."],
  [/ReviewerUna/, "The token reviewer JWT of its Kubernetes Auth has expired, or is another cluster's."],
  [/ReviewerFor/, "The reviewer (by default the pod itself) needs the role system:auth-delegator."],
  [/ReviewError|not authenticated/, "The token has expired, or is for another cluster or audience."],
  [/UsernameParse/, "The token must be a service account's."],
  [/Local IPs/, "A self-hosted server needs ALLOW_INTERNAL_IP_CONNECTIONS=true, or a gateway."],
];

/** The labels with which a server says that it could not ask the cluster. */
const outages = /Kubernetes\w*(?:Refused|HostNotFound|Timeout|CertificateError|RequestError)/;

/** Explains a failed login. That the server could not ask the cluster is an outage, not a refusal. */
export function explain(error: InfisicalSDKRequestError, { jwt }: { jwt: string }): LoginAdvice | undefined {
  const said = `${error.label} ${error.text}`;
  if (outages.test(said)) {
    const advice =
      "Infisical could not ask the cluster: check host and CA certificate of the Kubernetes Auth, and firewalls.";
    return { advice: `${error.label}: ${advice}`, code: "SERVER_ERROR" };
  }
  const advice = refusals.find(([pattern]) => pattern.test(said))?.[1];
  return advice === undefined ? undefined : { advice: `${advice} The token: ${describeJwt(readJwt(jwt))}.` };
}
