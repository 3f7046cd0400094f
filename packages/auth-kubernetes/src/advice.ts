import { explainLogin } from "@infisical/core/logins";

/** Explains a failed login. That the server could not ask the cluster is an outage, not a refusal. */
export const explain: ReturnType<typeof explainLogin> = /* @__PURE__ */ explainLogin({
  method: "Kubernetes Auth",
  refusals: [
    [/name(?:space)? not allowed/, "Its Kubernetes Auth must allow the pod's namespace and service account."],
    [
      /audience not/,
      "Its allowed audience must be the token's: mount a projected volume, and set tokenPath.",
    ],
    [/ReviewerUna/, "The token reviewer JWT of its Kubernetes Auth has expired, or is another cluster's."],
    [/ReviewerFor/, "The reviewer (by default the pod itself) needs the role system:auth-delegator."],
    [/ReviewError|not authenticated/, "The token has expired, or is for another cluster or audience."],
    [/UsernameParse/, "The token must be a service account's."],
  ],
  outage: [
    /^Kubernetes\w*(?:Refused|HostNotFound|Timeout|CertificateError|RequestError)$/,
    "Infisical could not ask the cluster: check host and CA certificate of the Kubernetes Auth, and firewalls.",
  ],
});
