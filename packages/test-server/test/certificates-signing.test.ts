import { createPrivateKey, X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  certificates,
  openssl,
  p256,
  profiles,
  signingRequest,
  startWithProfile,
} from "./support/certificates.ts";

const p384 = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"];
const p521 = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"];
const rsa = (bits: number) => ["-algorithm", "RSA", "-pkeyopt", `rsa_keygen_bits:${bits}`];

describe("certificates from signing requests", () => {
  test.each([
    ["P-256", p256, "EC_prime256v1"],
    ["P-384", p384, "EC_prime256v1"],
    ["P-521", p521, "EC_prime256v1"],
    ["RSA", rsa(2048), "RSA_2048"],
  ] as const)(
    "a signing request with a key of %s gets a certificate for its key",
    async (_kind, newKey, ca) => {
      const { request, api } = await startWithProfile({ caKeyAlgorithm: ca, defaults: { ttlDays: 1 } });
      const { key, csr } = signingRequest(newKey);
      const { status, body } = await request({ csr });
      expect(status).toBe(200);
      expect(body.certificate).not.toHaveProperty("privateKey");
      const leaf = new X509Certificate(body.certificate.certificate);
      expect(leaf.checkPrivateKey(createPrivateKey(key))).toBe(true);
      expect(leaf.verify(new X509Certificate(body.certificate.issuingCaCertificate).publicKey)).toBe(true);
      const bundle = await api("GET", `${certificates}/${body.certificate.certificateId}/bundle`);
      expect(bundle.body.privateKey).toBeNull();
      const followed = await api("GET", `${certificates}/certificate-requests/${body.certificateRequestId}`);
      expect(followed.body).toMatchObject({ status: "issued", privateKey: null });
    },
  );

  test("the names and usages of a signing request count, and those of the attributes do not", async () => {
    const { request } = await startWithProfile({ defaults: { organization: "Org", ttlDays: 1 } });
    const extensions = [
      "subjectAltName=DNS:a.example.com,DNS:*.b.example.com,IP:10.0.0.1,email:a@example.com,URI:urn:x:y",
      "keyUsage=digitalSignature,keyEncipherment",
      "extendedKeyUsage=clientAuth",
    ];
    const { csr } = signingRequest(p256, { subject: "/C=FR/O=First/O=Second/CN=csr", extensions });
    const attributes = {
      commonName: "ignored",
      altNames: [{ type: "dns_name", value: "ignored" }],
      ttl: "1h",
    };
    const { body } = await request({ csr, attributes });
    const leaf = new X509Certificate(body.certificate.certificate);
    expect(leaf.subject).toBe("C=FR\nO=Second\nCN=csr");
    expect(leaf.subjectAltName).toBe(
      "DNS:a.example.com, DNS:*.b.example.com, IP Address:10.0.0.1, email:a@example.com, URI:urn:x:y",
    );
    expect(leaf.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
    expect(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)).toBe(3_600_000);
    const text = openssl(["x509", "-noout", "-ext", "keyUsage", "-in", "@leaf.pem"], {
      "leaf.pem": body.certificate.certificate,
    });
    expect(text).toContain("Digital Signature, Key Encipherment\n");
  });

  test("a name that a signing request has not is that of the profile", async () => {
    const { request } = await startWithProfile({
      defaults: { commonName: "default", keyUsages: ["digital_signature"], ttlDays: 1 },
    });
    const { csr } = signingRequest(p256, {
      subject: "/",
      extensions: ["subjectAltName=DNS:only.example.com"],
    });
    const leaf = new X509Certificate((await request({ csr })).body.certificate.certificate);
    expect([leaf.subject, leaf.subjectAltName]).toEqual(["CN=default", "DNS:only.example.com"]);
  });

  test("a certificate without a subject has critical alternative names", async () => {
    const { request } = await startWithProfile();
    const { csr } = signingRequest(p256, {
      subject: "/",
      extensions: ["subjectAltName=DNS:only.example.com"],
    });
    const { body } = await request({ csr });
    const text = openssl(["x509", "-noout", "-ext", "subjectAltName", "-in", "@leaf.pem"], {
      "leaf.pem": body.certificate.certificate,
    });
    expect(text).toContain("X509v3 Subject Alternative Name: critical");
  });

  test("a signing request that someone has changed is refused", async () => {
    const { request, server } = await startWithProfile();
    const { csr } = signingRequest(p256, { subject: "/CN=honest" });
    const [, base64 = ""] = /REQUEST-----\n([\s\S]+)\n-----END/.exec(csr) ?? [];
    const der = Buffer.from(base64, "base64").toString("latin1");
    const forged = Buffer.from(der.replace("honest", "forged"), "latin1").toString("base64");
    const changed = `-----BEGIN CERTIFICATE REQUEST-----\n${forged}\n-----END CERTIFICATE REQUEST-----`;
    const { status, body } = await request({ csr: changed });
    expect([status, body.error, body.message]).toEqual([
      400,
      "BadRequest",
      "The signature of the CSR is not valid",
    ]);
    expect(server.certificates.requests()).toEqual([]);
  });

  test.each([
    ["no PEM", "nonsense"],
    ["a certificate", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----"],
    ["no PKCS#10", "-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----"],
    ["no DER", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----"],
  ])("a signing request that is %s is refused", async (_what, csr) => {
    const { request } = await startWithProfile();
    const { status, body } = await request({ csr });
    expect([status, body.message]).toEqual([400, "The CSR is not a PKCS#10 request in PEM form"]);
  });

  test.each([
    [
      "of another family than the authority's",
      signingRequest(rsa(2048)),
      "Requested signature algorithm RSA-SHA256 is not compatible with CA key algorithm EC_prime256v1. CA can only " +
        "sign with ECDSA-based signature algorithms.",
    ],
    [
      "of an unknown size",
      signingRequest(rsa(1024)),
      "Unsupported RSA key size in CSR: 1024. Supported: 2048, 3072, 4096",
    ],
    [
      "on an unknown curve",
      signingRequest(["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp256k1"]),
      "Unsupported ECDSA curve in CSR. Supported: P-256, P-384, P-521",
    ],
    [
      "of another kind",
      signingRequest(["-algorithm", "ED25519"]),
      "Unsupported key algorithm in CSR: 1.3.101.112. Supported: RSASSA-PKCS1-v1_5, ECDSA, ML-DSA, SLH-DSA",
    ],
  ])("a signing request with a key %s is refused", async (_what, { csr }, message) => {
    const { request } = await startWithProfile();
    const { status, body } = await request({ csr });
    expect([status, body.message]).toEqual([400, message]);
  });

  test("a signing request for an authority, or for an unknown usage, is refused", async () => {
    const { request } = await startWithProfile();
    const message = async (extension: string) => {
      const { status, body } = await request({ csr: signingRequest(p256, { extensions: [extension] }).csr });
      return `${status} ${body.message}`;
    };
    const refusal = "400 CA certificate issuance is not allowed by this policy.";
    expect(await message("basicConstraints=critical,CA:TRUE")).toContain(refusal);
    expect(await message("keyUsage=keyCertSign")).toContain(refusal);
    expect(await message("extendedKeyUsage=1.2.3.4")).toBe(
      "400 Unsupported extended key usage in CSR: 1.2.3.4",
    );
  });

  test("the certificates of signing requests are listed with the others", async () => {
    const { request, api, profile } = await startWithProfile();
    await request({ csr: signingRequest(p256, { subject: "/CN=signed" }).csr });
    await request({ attributes: { commonName: "made" } });
    const { body } = await api("GET", `${profiles}/${profile.id}/certificates`);
    expect(body.certificates.map(({ cn }: { cn: string }) => cn)).toEqual(["made", "signed"]);
  });
});
