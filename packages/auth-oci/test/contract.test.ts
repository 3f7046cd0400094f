import { authStrategyContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { ociAuth } from "../src/index.ts";
import { createKey, linesOf, optionsOf, outsideOracle, passphrase } from "./oracle.ts";

const key = createKey();
const valid = optionsOf(key);
const { identityId, ...withoutIdentity } = valid;
const { privateKey, ...withoutKey } = valid;
const signature = Buffer.alloc(256, 7).toString("base64");
const without = (name: keyof typeof valid) => ({ ...valid, [name]: undefined });

describe.each<[string, object, readonly string[]]>([
  ["a key", { privateKey }, linesOf(privateKey)],
  [
    "an encrypted key",
    { privateKey: key.encryptedPkcs8, passphrase },
    [passphrase, ...linesOf(key.encryptedPkcs8)],
  ],
  ["a function", { sign: async () => signature }, [signature]],
])("ociAuth with %s keeps the contract of auth strategies", (_, given, credentials) => {
  outsideOracle();
  const cases = authStrategyContract({
    create: ociAuth,
    options: () => ({ ...withoutKey, ...given, organizationSlug: "sub-org" }),
    credentials,
    refused: [
      { option: "identityId", options: withoutIdentity },
      { option: "identityId", options: { ...valid, identityId: '"quoted"' } },
      { option: "tenancy", options: without("tenancy") },
      { option: "user", options: without("user") },
      { option: "fingerprint", options: without("fingerprint") },
      { option: "region", options: without("region") },
      { option: "privateKey", options: withoutKey },
      { option: "tenancy", options: { identityId, region: valid.region } },
      { option: "tenancy", options: { identityId, privateKey } },
      { option: "privateKey", options: { ...valid, privateKey: "/run/secrets/key.pem" } },
      { option: "privateKey", options: { ...valid, privateKey: `"${privateKey}"` } },
      { option: "privateKeyFile", options: { ...withoutKey, privateKeyFile: privateKey } },
      { option: "privateKeyFile", options: { ...valid, privateKeyFile: "/run/secrets/key.pem" } },
      { option: "sign", options: { ...valid, sign: () => signature } },
      { option: "sign", options: { ...withoutKey, sign: signature } },
      { option: "passphrase", options: { ...withoutKey, sign: () => signature, passphrase } },
      { option: "passphrase", options: { ...valid, passphrase: " " } },
      { option: "configFile", options: { ...valid, configFile: "/etc/oci" } },
      { option: "configFile", options: { identityId, configFile: privateKey } },
      { option: "profile", options: { ...valid, profile: "PROD" } },
      { option: "fingerprint", options: { ...valid, fingerprint: privateKey } },
      { option: "tenancyOcid", options: { ...valid, tenancyOcid: valid.tenancy } },
      { option: "organizationSlug", options: { ...valid, organizationSlug: "Sub Org" } },
    ],
  });
  for (const { name, run } of cases) test(name, run);
});
