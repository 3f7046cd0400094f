import { explainLogin } from "@infisical/core/logins";

/** Explains a failed login. Servers answer 500 if Oracle refuses the signed request. */
export const explainRefusal: ReturnType<typeof explainLogin> = /* @__PURE__ */ explainLogin({
  method: "OCI Auth",
  refusals: [
    [/part of tenancy/i, "The OCI Auth must have the OCID of the user's tenancy."],
    [/username not allowed/i, "The OCI Auth must allow the user's name, not its OCID."],
  ],
  failure:
    "Infisical also answers this if Oracle refuses the request: check that the user has the API key, the region, and the clock.",
});
