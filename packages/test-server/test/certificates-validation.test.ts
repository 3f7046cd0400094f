import { describe, expect, test } from "vitest";
import { createTestServer, type NewCertificateProfile } from "../src/index.ts";
import { call, login } from "./support/api.ts";
import {
  administrator,
  certificates,
  p256,
  profiles,
  signingRequest,
  startWithProfile,
} from "./support/certificates.ts";

const unknown = "00000000-0000-4000-8000-000000000000";
const dates = { notBefore: "2026-02-01", notAfter: "2026-03-01" };
const dns = (value: string) => ({ type: "dns_name", value });

describe("requests that are not valid", () => {
  test.each([
    ["an id of another form", { profileId: "x" }, ["profileId"], "Invalid uuid"],
    ["an empty signing request", { csr: " " }, ["csr"], "CSR cannot be empty"],
    ["a long signing request", { csr: "x".repeat(4097) }, ["csr"], "CSR cannot exceed 4096 characters"],
    [
      "a long name",
      { attributes: { commonName: "x".repeat(256) } },
      ["attributes", "commonName"],
      "String must contain at most 255 character(s)",
    ],
    [
      "an unknown kind of name",
      { attributes: { altNames: [{ type: "dns", value: "x" }] } },
      ["attributes", "altNames", 0, "type"],
      "Invalid enum value. Expected 'dns_name' | 'ip_address' | 'email' | 'uri', received 'dns'",
    ],
    [
      "an empty alternative name",
      { attributes: { altNames: [dns("")] } },
      ["attributes", "altNames", 0, "value"],
      "SAN value cannot be empty",
    ],
    [
      "too many alternative names",
      { attributes: { altNames: Array.from({ length: 101 }, () => dns("x")) } },
      ["attributes", "altNames"],
      "Cannot exceed 100 subject alternative names",
    ],
    [
      "too long alternative names",
      { attributes: { altNames: Array.from({ length: 17 }, () => dns("x".repeat(250))) } },
      ["attributes", "altNames"],
      "Subject alternative names cannot exceed 4096 characters in total",
    ],
    [
      "a lifetime in words",
      { attributes: { ttl: "long" } },
      ["attributes", "ttl"],
      /^TTL must be a positive/,
    ],
    ["a negative lifetime", { attributes: { ttl: "-1d" } }, ["attributes", "ttl"], /^TTL must be a positive/],
    [
      "more than a century",
      { attributes: { ttl: "101y" } },
      ["attributes", "ttl"],
      /^TTL must be a positive/,
    ],
    [
      "a date of another form",
      { attributes: { notAfter: "soon" } },
      ["attributes", "notAfter"],
      "Invalid date format",
    ],
    [
      "a lifetime together with dates",
      { attributes: { ttl: "1d", ...dates } },
      [],
      /^Cannot specify both TTL/,
    ],
    [
      "dates in the wrong order",
      { attributes: { notBefore: dates.notAfter, notAfter: dates.notBefore } },
      [],
      "notBefore must be earlier than notAfter",
    ],
    [
      "an unknown key algorithm",
      { attributes: { keyAlgorithm: "RSA_1024" } },
      ["attributes", "keyAlgorithm"],
      /^Invalid enum value/,
    ],
    [
      "a key usage in the notation of certificates",
      { attributes: { keyUsages: ["digitalSignature"] } },
      ["attributes", "keyUsages", 0],
      /^Invalid enum value/,
    ],
    [
      "a text for a boolean",
      { removeRootsFromChain: "yes" },
      ["removeRootsFromChain"],
      "Expected boolean, received string",
    ],
  ])("%s is refused with 422", async (_what, fields, path, message) => {
    const { request, server } = await startWithProfile();
    const { status, body } = await request(fields);
    expect([status, body.error]).toEqual([422, "ValidationFailure"]);
    expect(body.message).toMatchObject([
      { path, message: typeof message === "string" ? message : expect.stringMatching(message) },
    ]);
    expect(server.certificates.requests()).toEqual([]);
  });

  test.each([
    [{ altNames: [dns("no name")] }, "Invalid altName: no name"],
    [{ altNames: [dns("a.*.b")] }, "Invalid altName: a.*.b"],
    [{ altNames: [{ type: "ip_address", value: "256.0.0.1" }] }, "Invalid altName: 256.0.0.1"],
    [{ altNames: [{ type: "ip_address", value: "1:2:3" }] }, "Invalid altName: 1:2:3"],
    [{ altNames: [{ type: "email", value: "nobody" }] }, "Invalid altName: nobody"],
    [{ altNames: [{ type: "uri", value: "nowhere" }] }, "Invalid altName: nowhere"],
    [
      { signatureAlgorithm: "RSA-SHA256" },
      "Requested signature algorithm RSA-SHA256 is not compatible with CA key algorithm EC_prime256v1. CA can only sign " +
        "with ECDSA-based signature algorithms.",
    ],
    [
      { keyAlgorithm: "ML-DSA-65" },
      "Your license does not include PQC algorithms. Please upgrade to the Enterprise plan to use a PQC algorithm.",
    ],
    [
      { basicConstraints: { isCA: true } },
      "CA certificate issuance is not allowed by this policy. The policy's CA:true basicConstraints must be set to " +
        "'allowed' or 'required'.",
    ],
    [{ notBefore: "1999-12-31" }, "notBefore date is before CA certificate's notBefore date"],
    [{ notBefore: "2027-01-01" }, "notBefore date is after notAfter date"],
    [{ notAfter: "2100-01-02" }, "notAfter date is after CA certificate's notAfter date"],
  ])("%j is refused with 400", async (attributes, message) => {
    const { request, server } = await startWithProfile();
    const { status, body } = await request({ attributes });
    expect([status, body.error, body.message]).toEqual([400, "BadRequest", message]);
    expect(server.certificates.list()).toEqual([]);
  });

  test("a profile without a default lifetime needs one in each request, dates or not", async () => {
    const { request } = await startWithProfile({});
    for (const fields of [
      {},
      { attributes: dates },
      { attributes: { ttl: "" } },
      { csr: signingRequest(p256).csr },
    ]) {
      const { status, body } = await request(fields);
      expect([status, body.message]).toEqual([400, "Certificate issuance requires a valid TTL"]);
    }
  });

  test("a profile that is attached to applications issues for them only", async () => {
    const { request, server } = await startWithProfile({ applications: [unknown], defaults: { ttlDays: 1 } });
    const message = async (fields: object) => (await request(fields)).body.message;
    expect(await message({})).toBe(
      "This profile must be issued through an Application. Attach it to an Application and issue from there.",
    );
    const other = { applicationId: unknown.replace(/0$/, "1") };
    expect(await message(other)).toBe("This profile is not attached to the specified Application.");
    expect((await request({ applicationId: unknown })).body.status).toBe("issued");
    const free = server.certificates.createProfile({ defaults: { ttlDays: 1 } });
    expect(await message({ profileId: free.id, applicationId: unknown })).toBe(
      "This profile is not attached to the specified Application.",
    );
  });
});

describe("access to certificates", () => {
  const roles = (role: "admin" | "member" | "viewer") => ({
    projectRoles: { certs: role },
    universalAuth: {},
  });
  const options = {
    projects: [{ name: "Certs", slug: "certs", type: "cert-manager", environments: [] }],
    identities: [
      { ...administrator, ...roles("admin") },
      { name: "member", ...roles("member") },
      { name: "viewer", ...roles("viewer") },
      {
        name: "issuer",
        ...roles("viewer"),
        additionalPrivileges: [{ subject: "certificate-profiles", actions: ["read", "issue-cert"] }],
      },
      {
        name: "outsider",
        universalAuth: {},
        additionalPrivileges: [{ subject: "certificates", actions: ["read"] }],
      },
    ],
  } as const;

  test("who is not allowed to issue or to read gets 403 with what is missing", async () => {
    const { as, profile, request } = await startWithProfile({ defaults: { ttlDays: 1 } }, options);
    const { certificateId } = (await request()).body.certificate;
    const requestId = (await request()).body.certificateRequestId;
    const issue = { body: { profileId: profile.id } };
    const calls = {
      issue: ["POST", certificates, issue],
      follow: ["GET", `${certificates}/certificate-requests/${requestId}`],
      bundle: ["GET", `${certificates}/${certificateId}/bundle`],
      latest: ["GET", `${profiles}/${profile.id}/certificates/latest-active-bundle`],
      list: ["GET", `${profiles}/${profile.id}/certificates`],
    } as const;
    const answers = async (identity: string) => {
      const entries = Object.entries(calls).map(async ([name, [method, path, sent]]) => {
        const { status, body } = await as(identity, method, path, sent);
        return [name, status === 200 ? status : body.message];
      });
      return Object.fromEntries(await Promise.all(entries));
    };
    const missing = (action: string, subject: string) => `You are not allowed to ${action} on ${subject}`;
    expect(await answers("admin")).toEqual({ issue: 200, follow: 200, bundle: 200, latest: 200, list: 200 });
    expect(await answers("member")).toEqual({
      issue: missing("issue-cert", "certificate-profiles"),
      follow: missing("read", "certificates"),
      bundle: missing("read", "certificates"),
      latest: missing("read", "certificates"),
      list: 200,
    });
    expect(await answers("viewer")).toEqual({
      issue: missing("read", "certificate-profiles"),
      follow: 200,
      bundle: missing("read-private-key", "certificates"),
      latest: missing("read", "certificate-profiles"),
      list: missing("read", "certificate-profiles"),
    });
    expect(await answers("issuer")).toEqual({
      issue: 200,
      follow: 200,
      bundle: missing("read-private-key", "certificates"),
      latest: missing("read-private-key", "certificates"),
      list: 200,
    });
    for (const answer of Object.values(await answers("outsider"))) {
      expect(answer).toContain("You are not a member of this project");
    }
  });

  test("whoever is not allowed to read private keys gets a certificate without one", async () => {
    const { as, profile } = await startWithProfile({ defaults: { ttlDays: 1 } }, options);
    const { body } = await as("issuer", "POST", certificates, { body: { profileId: profile.id } });
    expect(body.certificate.certificate).toContain("BEGIN CERTIFICATE");
    expect(body.certificate).not.toHaveProperty("privateKey");
    const path = `${certificates}/certificate-requests/${body.certificateRequestId}`;
    expect((await as("issuer", "GET", path)).body.privateKey).toBeNull();
    expect((await as("admin", "GET", path)).body.privateKey).toContain("BEGIN PRIVATE KEY");
  });

  test("a call without a token, or with a revoked one, gets what every route answers", async () => {
    const { server, api, siteUrl, profile } = await startWithProfile();
    const path = `${profiles}/${profile.id}/certificates`;
    const response = await fetch(`${siteUrl}${path}`);
    expect([response.status, (await response.json()).message]).toEqual([401, "Token missing"]);
    expect((await api("GET", path)).status).toBe(200);
    server.tokens.revoke();
    expect((await api("GET", path)).status).toBe(401);
  });

  test("other routes of the certificate manager are not simulated", async () => {
    const { api } = await startWithProfile();
    for (const path of [`${certificates}/${unknown}/renew`, profiles]) {
      expect((await api("POST", path, { body: {} })).status).toBe(501);
    }
  });
});

describe("creating profiles", () => {
  test("a profile is created in the first project for certificates, or in a new one", async () => {
    const server = createTestServer();
    const first = server.certificates.createProfile();
    const second = server.certificates.createProfile({ slug: "web" });
    expect([first.slug, second.slug]).toEqual(["profile-1", "web"]);
    expect(second.projectId).toBe(first.projectId);
    expect(server.projectId("certificates")).toBe(first.projectId);
    expect(server.projectId()).not.toBe(first.projectId);
    const named = createTestServer({
      projects: ["one-certs", "two-certs"].map((slug) => {
        return { name: slug, slug, type: "cert-manager" as const, environments: [] };
      }),
    });
    const made = (project?: string) => named.certificates.createProfile({ project }).projectId;
    expect([made(), made("two-certs"), made(named.projectId("one-certs"))]).toEqual([
      named.projectId("one-certs"),
      named.projectId("two-certs"),
      named.projectId("one-certs"),
    ]);
    const { status } = await call(named, "GET", `${profiles}/${unknown}/certificates`, {
      token: await login(named),
    });
    expect(status).toBe(404);
  });

  test.each([
    [{ slug: "no slug" }, "certificates.createProfile(): slug: must consist of letters, digits, - and _"],
    [{ caKeyAlgorithm: "RSA" }, /^certificates\.createProfile\(\): caKeyAlgorithm: Invalid enum value/],
    [{ issuance: "later" }, /^certificates\.createProfile\(\): issuance: Invalid enum value/],
    [
      { defaults: { ttl: "1d" } },
      "certificates.createProfile(): defaults: Unrecognized key(s) in object: 'ttl'",
    ],
    [{ applications: ["x"] }, "certificates.createProfile(): applications[0]: Invalid uuid"],
    [{ project: "unknown" }, 'The test server has no project "unknown"'],
    [
      { project: "example-project" },
      'The project "example-project" is of type secret-manager. Certificates need one of type cert-manager',
    ],
    [{ slug: "taken" }, 'The project "certificates" already has a certificate profile "taken"'],
  ])("a profile with %j is refused", (fields, message) => {
    const server = createTestServer();
    server.certificates.createProfile({ slug: "taken" });
    expect(() => server.certificates.createProfile(fields as NewCertificateProfile)).toThrow(message);
  });

  test("the root of an unknown algorithm is refused", async () => {
    const server = createTestServer();
    await expect(server.certificates.rootCertificate("RSA" as never)).rejects.toThrow(
      "certificates.rootCertificate(): options: Invalid enum value",
    );
  });
});
