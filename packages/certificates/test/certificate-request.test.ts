import { execFileSync } from "node:child_process";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { failureOf } from "#test-kit";
import {
  type CertificateKeys,
  type CreateCertificateRequestOptions,
  createCertificateRequest,
} from "../src/index.ts";
import { startCertificates } from "./start-certificates.ts";

/** What openssl reads in a request; it fails if the signature is wrong. */
const read = (csr: string): string =>
  execFileSync("openssl", ["req", "-verify", "-noout", "-text", "-nameopt", "multiline,utf8,-esc_msb"], {
    input: csr,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "ignore"],
  });

const subtle = (algorithm: object, isExtractable: boolean, usages: KeyUsage[] = ["sign", "verify"]) =>
  crypto.subtle.generateKey(algorithm as EcKeyGenParams, isExtractable, usages);

const rsa = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" };

describe("a certificate request", () => {
  test("says all that it is told, and names stay what they are", async () => {
    const { csr, privateKey = "" } = await createCertificateRequest({
      commonName: "shop, Inc. + CN=root",
      organization: "Café",
      organizationalUnit: null,
      country: "NL",
      state: "Utrecht",
      locality: "Utrecht",
      altNames: [
        { type: "dns_name", value: "shop.example.com" },
        { type: "ip_address", value: "10.0.0.1" },
        { type: "ip_address", value: "2001:db8::1" },
        { type: "email", value: "ops@example.com" },
        { type: "uri", value: "spiffe://example.com/shop" },
      ],
      keyUsages: ["digital_signature", "key_encipherment"],
      extendedKeyUsages: ["server_auth", "client_auth"],
    });
    const text = read(csr);
    for (const part of ["shop, Inc. + CN=root", "Café", "NL", "Utrecht"])
      expect(text).toContain(`= ${part}\n`);
    expect(text).toContain(
      "DNS:shop.example.com, IP Address:10.0.0.1, IP Address:2001:DB8:0:0:0:0:0:1, email:ops@example.com, URI:spiffe://example.com/shop",
    );
    expect(text).toContain("Digital Signature, Key Encipherment");
    expect(text).toContain("TLS Web Server Authentication, TLS Web Client Authentication");
    expect(createPrivateKey(privateKey).asymmetricKeyDetails).toEqual({ namedCurve: "prime256v1" });
  });

  test.each(["#0c026162", 'The "best" shop', "shop\\2Fother", "shop_1"])(
    "says a subject as it is: %s",
    async (commonName) => {
      const { csr } = await createCertificateRequest({ commonName });
      // openssl prints each backslash twice.
      expect(read(csr).replaceAll("\\\\", "\\")).toContain(`= ${commonName}\n`);
    },
  );

  test("says an address in which four numbers are decimal as it is", async () => {
    const altNames = [{ type: "ip_address", value: "::ffff:10.0.0.1" }];
    expect(read((await createCertificateRequest({ altNames })).csr)).toContain("0:0:0:0:0:FFFF:A00:1");
  });

  test.each([
    ["EC_prime256v1", "ecdsa-with-SHA256"],
    ["EC_secp384r1", "ecdsa-with-SHA384"],
    ["EC_secp521r1", "ecdsa-with-SHA512"],
    ["RSA_2048", "sha256WithRSAEncryption"],
  ])("has a new key of the algorithm %s, and a signature as strong", async (keyAlgorithm, signature) => {
    const { csr, privateKey } = await createCertificateRequest({ commonName: "shop", keyAlgorithm });
    expect(read(csr)).toContain(`Signature Algorithm: ${signature}`);
    expect(privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----\n[\w+/=\n]+-----END PRIVATE KEY-----\n$/);
  });

  test.each([
    { name: "ECDSA", namedCurve: "P-384" },
    { name: "RSASSA-PKCS1-v1_5", ...rsa },
  ])("is made of keys that cannot be exported: $name", async (algorithm) => {
    const keys = (await subtle(algorithm, false)) as CryptoKeyPair;
    const { csr, privateKey } = await createCertificateRequest({ commonName: "shop", keys });
    expect(privateKey).toBeUndefined();
    expect(read(csr)).toContain("Subject:");
  });

  test("leads to a certificate of its key", async () => {
    const { api, profileId } = await startCertificates();
    const { csr, privateKey = "" } = await createCertificateRequest({ commonName: "shop" });
    const { bundle } = await api.issue({ profileId, csr });
    const certificate = new X509Certificate(bundle?.certificate ?? "");
    expect(certificate.checkPrivateKey(createPrivateKey(privateKey))).toBe(true);
  });

  test.each<[string, CreateCertificateRequestOptions]>([
    ["commonName must be set, or altNames", { organization: "Shop" }],
    ["altNames[0].type must be one of", { altNames: [{ type: "upn", value: "a" }] }],
    ["keyAlgorithm must be one of", { commonName: "a", keyAlgorithm: "ML-DSA-44" }],
    ["keys must be { privateKey, publicKey }", { commonName: "a", keys: {} as CertificateKeys }],
    ["altNames[0].value must be an IP address", { altNames: [{ type: "ip_address", value: "10.0.0.0/8" }] }],
    ["altNames[0].value must be an IP address", { altNames: [{ type: "ip_address", value: "010.0.0.1" }] }],
    [
      "altNames[0].value must be an IP address",
      { altNames: [{ type: "ip_address", value: "fe80::1%eth0" }] },
    ],
    // The library would write the name eshop.example.com.
    ["altNames[0].value must consist", { altNames: [{ type: "dns_name", value: "\u0165shop.example.com" }] }],
    ["altNames[0].value must consist", { altNames: [{ type: "uri", value: "spiffe://example.com/\0shop" }] }],
  ])("refuses what it cannot say: %s", async (text, options) => {
    const error = await failureOf(createCertificateRequest(options));
    expect(error.code).toBe("INVALID_OPTION");
    expect(error.message).toContain(text);
  });

  test("is refused for what only looks like keys", async () => {
    const algorithm = { name: "ECDSA", namedCurve: "P-256" };
    const privateKey = { type: "private", algorithm, usages: ["sign"] };
    const keys = { privateKey, publicKey: { type: "public", algorithm, usages: ["verify"] } };
    const error = await failureOf(createCertificateRequest({ commonName: "a", keys }));
    expect(error.code).toBe("INVALID_OPTION");
    expect(error.message).toContain("keys must be keys of WebCrypto");
  });

  test("is refused for keys that cannot sign it, or with an algorithm for keys that have one", async () => {
    const pss = (await subtle({ name: "RSA-PSS", ...rsa }, true)) as CryptoKeyPair;
    const keys = (await subtle({ name: "ECDSA", namedCurve: "P-256" }, true)) as CryptoKeyPair;
    const swapped = { privateKey: keys.publicKey, publicKey: keys.privateKey };
    for (const each of [pss, swapped]) {
      const refused = failureOf(createCertificateRequest({ commonName: "a", keys: each }));
      expect((await refused).message).toContain("of ECDSA or RSASSA-PKCS1-v1_5");
    }
    const both = { commonName: "a", keys, keyAlgorithm: "EC_prime256v1" };
    expect((await failureOf(createCertificateRequest(both))).message).toContain(
      "keyAlgorithm must be omitted",
    );
  });

  test("names the packages that it needs if they are not installed", async () => {
    vi.doMock("@peculiar/x509", () => {
      throw new Error("Cannot find package");
    });
    vi.resetModules();
    const fresh = await import("../src/index.ts");
    const error = await failureOf(fresh.createCertificateRequest({ commonName: "a" }));
    vi.doUnmock("@peculiar/x509");
    expect(error.code).toBe("INVALID_OPTION");
    expect(error.message).toContain("npm install @peculiar/x509 reflect-metadata");
  });
});
