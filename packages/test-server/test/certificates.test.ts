import { createPrivateKey, X509Certificate } from "node:crypto";
import { connect, createServer } from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import { certificates, openssl, pemBlocks, profiles, startWithProfile } from "./support/certificates.ts";

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const names = [
  { type: "dns_name", value: "app.example.com" },
  { type: "dns_name", value: "*.app.example.com" },
  { type: "ip_address", value: "127.0.0.1" },
  { type: "ip_address", value: "::1" },
  { type: "email", value: "app@example.com" },
  { type: "uri", value: "spiffe://example.com/app" },
];

describe("certificates from attributes", () => {
  test("a certificate has what was asked for, and its key", async () => {
    const { request } = await startWithProfile();
    const subject = {
      commonName: "app",
      organization: "Örg, Inc.",
      organizationalUnit: "Unit",
      country: "DE",
      state: "Hesse",
      locality: "Kassel",
    };
    const { status, body } = await request({
      attributes: {
        ...subject,
        altNames: names,
        ttl: "12h",
        keyUsages: ["digital_signature", "key_agreement"],
        extendedKeyUsages: ["server_auth", "client_auth"],
      },
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      certificate: {
        certificate: expect.stringMatching(/^-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----$/),
        issuingCaCertificate: expect.any(String),
        certificateChain: expect.any(String),
        privateKey: expect.stringMatching(/^-----BEGIN PRIVATE KEY-----/),
        serialNumber: expect.stringMatching(/^[0-7][0-9a-f]{39}$/),
        certificateId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
      certificateRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      status: "issued",
    });
    const leaf = new X509Certificate(body.certificate.certificate);
    expect(leaf.subject).toBe("C=DE\nO=Örg\\, Inc.\nOU=Unit\nST=Hesse\nCN=app\nL=Kassel");
    expect(leaf.subjectAltName).toBe(
      "DNS:app.example.com, DNS:*.app.example.com, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, " +
        "email:app@example.com, URI:spiffe://example.com/app",
    );
    expect(leaf.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
    expect(leaf.ca).toBe(false);
    expect(BigInt(`0x${leaf.serialNumber}`)).toBe(BigInt(`0x${body.certificate.serialNumber}`));
    expect([Date.parse(leaf.validFrom), Date.parse(leaf.validTo)]).toEqual([start, start + day / 2]);
    expect(leaf.checkPrivateKey(createPrivateKey(body.certificate.privateKey))).toBe(true);
    const text = openssl(["x509", "-noout", "-text", "-in", "@leaf.pem"], {
      "leaf.pem": body.certificate.certificate,
    });
    expect(text).toContain("X509v3 Key Usage: critical\n                Digital Signature, Key Agreement\n");
  });

  test.each([
    ["RSA_2048", "rsa", { modulusLength: 2048 }],
    ["RSA_3072", "rsa", { modulusLength: 3072 }],
    ["RSA_4096", "rsa", { modulusLength: 4096 }],
    ["EC_prime256v1", "ec", { namedCurve: "prime256v1" }],
    ["EC_secp384r1", "ec", { namedCurve: "secp384r1" }],
    ["EC_secp521r1", "ec", { namedCurve: "secp521r1" }],
  ])(
    "a key is generated with the algorithm %s",
    async (keyAlgorithm, type, details) => {
      const { request } = await startWithProfile();
      const { body } = await request({ attributes: { commonName: "app", keyAlgorithm } });
      const key = createPrivateKey(body.certificate.privateKey);
      expect(key.asymmetricKeyType).toBe(type);
      expect(key.asymmetricKeyDetails).toMatchObject(details);
      expect(new X509Certificate(body.certificate.certificate).checkPrivateKey(key)).toBe(true);
    },
    60_000,
  );

  test("a profile's defaults hold for what a request leaves out, and a request can clear them", async () => {
    const { request } = await startWithProfile({
      defaults: {
        ttlDays: 2,
        commonName: "default",
        organization: "Org",
        keyAlgorithm: "EC_secp384r1",
        extendedKeyUsages: ["client_auth"],
      },
    });
    const left = new X509Certificate((await request()).body.certificate.certificate);
    expect(left.subject).toBe("O=Org\nCN=default");
    expect(left.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
    expect(left.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: "secp384r1" });
    expect(Date.parse(left.validTo)).toBe(start + 2 * day);
    const attributes = { commonName: null, organization: "Other", extendedKeyUsages: [], ttl: "1h" };
    const other = new X509Certificate((await request({ attributes })).body.certificate.certificate);
    expect([other.subject, other.keyUsage]).toEqual(["O=Other", undefined]);
    expect(Date.parse(other.validTo)).toBe(start + 3_600_000);
  });

  test("a certificate is valid from one date to another if its request names them", async () => {
    const { request, profile, api } = await startWithProfile();
    const times = { notBefore: "2027-03-01T00:00:00.000Z", notAfter: "2027-04-01T00:00:00.000Z" };
    const { body } = await request({ attributes: { commonName: "later", ...times } });
    const leaf = new X509Certificate(body.certificate.certificate);
    expect(new Date(leaf.validFrom).toISOString()).toBe(times.notBefore);
    expect(new Date(leaf.validTo).toISOString()).toBe(times.notAfter);
    const list = await api("GET", `${profiles}/${profile.id}/certificates`);
    expect(list.body.certificates).toMatchObject([times]);
  });

  test("a certificate begins by the server's clock, which was moved", async () => {
    const { request, server } = await startWithProfile();
    server.clock.advance(30 * 365 * day);
    const { body } = await request({ attributes: { ttl: "1y" } });
    const { validFrom, validTo } = new X509Certificate(body.certificate.certificate);
    expect(Date.parse(validFrom)).toBe(start + 30 * 365 * day);
    // Beyond 2049, where certificates write years with four digits.
    expect(new Date(validTo).getUTCFullYear()).toBe(2056);
  });
});

describe("chains", () => {
  test("node:crypto verifies a chain up to the root", async () => {
    const { request, server } = await startWithProfile();
    const { certificate } = (await request({ attributes: { commonName: "app" } })).body;
    const [issuer, root, ...others] = pemBlocks(certificate.certificateChain).map(
      (pem) => new X509Certificate(pem),
    );
    if (!issuer || !root) throw new Error("The chain has no two certificates");
    expect(others).toEqual([]);
    expect(certificate.issuingCaCertificate).toBe(pemBlocks(certificate.certificateChain)[0]);
    const leaf = new X509Certificate(certificate.certificate);
    expect([leaf.checkIssued(issuer), leaf.verify(issuer.publicKey)]).toEqual([true, true]);
    expect([issuer.checkIssued(root), issuer.verify(root.publicKey)]).toEqual([true, true]);
    expect([root.checkIssued(root), root.verify(root.publicKey)]).toEqual([true, true]);
    expect([issuer.ca, root.ca]).toEqual([true, true]);
    expect(await server.certificates.rootCertificate()).toBe(root.toString().trimEnd());
  });

  test.each(["EC_prime256v1", "EC_secp384r1", "EC_secp521r1", "RSA_2048"] as const)(
    "openssl verifies a chain of authorities with keys of the algorithm %s",
    async (caKeyAlgorithm) => {
      const { request, server } = await startWithProfile({ caKeyAlgorithm, defaults: { ttlDays: 1 } });
      const attributes = { altNames: names, extendedKeyUsages: ["server_auth"] };
      const { certificate } = (await request({ attributes, removeRootsFromChain: true })).body;
      const files = {
        "leaf.pem": certificate.certificate,
        "chain.pem": certificate.certificateChain,
        "root.pem": await server.certificates.rootCertificate(caKeyAlgorithm),
      };
      const at = ["-attime", String(start / 1000 + 60)];
      const purpose = ["-purpose", "sslserver", "-verify_hostname", "app.example.com", "-x509_strict"];
      const trusted = ["-CAfile", "@root.pem", "-untrusted", "@chain.pem", "@leaf.pem"];
      expect(openssl(["verify", ...at, ...purpose, ...trusted], files)).toMatch(/leaf\.pem: OK\n$/);
      const expired = ["-attime", String(start / 1000 + 2 * 86_400)];
      expect(() => openssl(["verify", ...expired, ...trusted], files)).toThrow("certificate has expired");
    },
  );

  test("a chain without roots has the issuing authority alone, which a bundle does not remember", async () => {
    const { request, api } = await startWithProfile();
    const { certificate } = (await request({ attributes: {}, removeRootsFromChain: true })).body;
    expect(certificate.certificateChain).toBe(certificate.issuingCaCertificate);
    const bundle = await api("GET", `${certificates}/${certificate.certificateId}/bundle`);
    expect(pemBlocks(bundle.body.certificateChain)).toHaveLength(2);
  });

  test("a TLS client that trusts the root accepts a server with an issued certificate", async () => {
    const { request, server } = await startWithProfile(undefined, {});
    const { certificate } = (await request({ attributes: { altNames: names } })).body;
    const cert = `${certificate.certificate}\n${certificate.certificateChain}`;
    const listener = createServer({ key: certificate.privateKey, cert }, (socket) => socket.end("hello"));
    onTestFinished(() => void listener.close());
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    const { port } = listener.address() as { port: number };
    const ca = await server.certificates.rootCertificate();
    const socket = connect({ port, host: "127.0.0.1", ca, servername: "x.app.example.com" });
    const received: Buffer[] = [];
    for await (const chunk of socket) received.push(chunk);
    expect(Buffer.concat(received).toString()).toBe("hello");
  });

  test("the authorities outlive a reset, and two servers have different ones", async () => {
    const { server } = await startWithProfile();
    const root = await server.certificates.rootCertificate();
    server.reset();
    expect(await server.certificates.rootCertificate()).toBe(root);
    expect(server.certificates.list()).toEqual([]);
    const other = await startWithProfile();
    expect(await other.server.certificates.rootCertificate()).not.toBe(root);
  });
});
