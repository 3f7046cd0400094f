import type { Transport } from "@infisical/core";
import { authStrategyContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { createAuthority, encrypted } from "#test-kit";
import { tlsCertAuth } from "../src/index.ts";

const authority = await createAuthority();
const { cert, key } = await authority.issue();
const identityId = "an-identity";
const passphrase = "hunter2-passphrase";
const valid = { identityId, cert, key: encrypted(key, passphrase), passphrase };
const keyLine = key.split("\n")[1] ?? "";
const transport: Transport = () => Promise.reject(new Error("unexpected"));

describe.each<[string, object]>([
  ["a certificate", valid],
  ["a certificate whose line breaks are spelt out", { identityId, cert, key: key.replaceAll("\n", "\\n") }],
  ["a transport", { identityId, transport }],
])("tlsCertAuth with %s keeps the contract of auth strategies", (_, given) => {
  const cases = authStrategyContract({
    create: tlsCertAuth,
    options: () => ({ ...given, organizationSlug: "sub-org" }),
    credentials: [passphrase, keyLine],
    refused: [
      { option: "identityId", options: { cert, key } },
      { option: "identityId", options: { ...valid, identityId: '"quoted"' } },
      { option: "cert", options: { identityId, key } },
      { option: "cert", options: { ...valid, cert: "/run/tls/tls.crt" } },
      { option: "cert", options: { ...valid, cert: passphrase } },
      { option: "cert.file", options: { ...valid, cert: { file: " " } } },
      { option: "cert", options: { ...valid, cert: { path: "/run/tls/tls.crt" } } },
      { option: "key", options: { identityId, cert } },
      { option: "key", options: { ...valid, key: passphrase } },
      { option: "ca", options: { ...valid, ca: 7 } },
      { option: "passphrase", options: { ...valid, passphrase: "" } },
      { option: "loginUrl", options: { ...valid, loginUrl: "http://login.test" } },
      { option: "loginUrl", options: { ...valid, loginUrl: "http://login.test/a.localhost" } },
      { option: "loginUrl", options: { ...valid, loginUrl: "https://login.test/path" } },
      { option: "loginUrl", options: { ...valid, loginUrl: "https://login.test?x=1" } },
      { option: "transport", options: { identityId, transport: "node" } },
      { option: "cert", options: { ...valid, transport } },
      { option: "key", options: { identityId, key, transport } },
      { option: "ca", options: { identityId, ca: cert, transport } },
      { option: "organizationSlug", options: { ...valid, organizationSlug: "Sub Org" } },
    ],
  });
  for (const { name, run } of cases) test(name, run);
});
