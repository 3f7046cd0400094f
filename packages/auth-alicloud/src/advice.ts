import { explainLogin } from "@infisical/core/logins";

/** Explains a failed login. Servers answer 500 if Alibaba Cloud refuses the signed request. */
export const explainRefusal: ReturnType<typeof explainLogin> = /* @__PURE__ */ explainLogin({
  method: "Alibaba Cloud Auth",
  refusals: [
    [
      /ARN not allowed/i,
      "The Alibaba Cloud Auth must list the RAM user's ARN exactly: acs:ram::<account id>:user/<name>.",
    ],
  ],
  failure:
    "Infisical also answers this if Alibaba Cloud refuses the request: check that the AccessKey pair exists and is enabled, its secret, " +
    "and the clock.",
});
