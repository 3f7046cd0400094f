import { createClient } from "@infisical/core";
import { describe, expect, test } from "vitest";
import { failureOf, printed, startAnswering, strategyFor } from "#test-kit";
import { certificates, createCertificateRequest, type IssueCertificateOptions } from "../src/index.ts";
import { attributes, startCertificates } from "./start-certificates.ts";

const csr = "-----BEGIN CERTIFICATE REQUEST-----\nAA==\n-----END CERTIFICATE REQUEST-----";

describe("a certificate", () => {
  test("is issued at once, listed, and read by its id and as the latest", async () => {
    const { api, profileId, server } = await startCertificates();
    const issued = await api.issue({ profileId, attributes: { ...attributes, ttl: "30d" } });
    const { bundle, certificateId = "", status } = issued;
    expect({ status, message: issued.message }).toEqual({ status: "issued", message: undefined });
    const [stored] = server.certificates.list();
    expect(bundle?.certificate.trim()).toBe(stored?.certificate.trim());
    expect(Date.parse(stored?.notAfter ?? "") - Date.parse(stored?.notBefore ?? "")).toBe(30 * 24 * 3600_000);
    const read = await api.getBundle(certificateId);
    expect({ ...read }).toEqual({ ...bundle });
    expect(read.privateKey).toBe(bundle?.privateKey);
    expect({ ...(await api.getLatestBundle(profileId)) }).toEqual({ ...bundle });
    expect(await api.list(profileId)).toMatchObject([{ id: certificateId, cn: "localhost" }]);
    server.certificates.revoke(certificateId);
    expect(await api.getLatestBundle(profileId)).toBeUndefined();
    expect(await api.list(profileId, { status: "active" })).toEqual([]);
    expect(await api.list(profileId, { status: "revoked", limit: 1 })).toHaveLength(1);
    expect({ ...(await api.getBundle(certificateId)) }).toEqual({ ...bundle });
  });

  test("of a CSR comes without a private key", async () => {
    const { api, profileId } = await startCertificates();
    const request = await createCertificateRequest(attributes);
    const { bundle } = await api.issue({ profileId, csr: request.csr, attributes: { ttl: "1d" } });
    expect(bundle?.privateKey).toBeUndefined();
    expect(bundle?.certificate).toContain("BEGIN CERTIFICATE");
  });

  test("shows its private key in nothing that is printed", async () => {
    const { api, profileId } = await startCertificates();
    const issued = await api.issue({ profileId, attributes });
    const request = await createCertificateRequest(attributes);
    const keys = [issued.bundle?.privateKey ?? "", request.privateKey ?? ""];
    const text = [issued, issued.bundle, { ...issued.bundle }, request, { ...request }]
      .map(printed)
      .join("\n");
    for (const key of keys) {
      expect(key).toContain("-----BEGIN PRIVATE KEY-----\n");
      expect(text).not.toContain(key.split("\n")[1]);
    }
    expect(text).not.toContain("PRIVATE KEY");
  });
});

describe("a request that is not decided at once", () => {
  test("resolves to its state, and to the certificate with its chain once it is approved", async () => {
    const { api, profileId, server } = await startCertificates({ issuance: "approval" });
    const { certificateRequestId, status, message, bundle } = await api.issue({ profileId, attributes });
    expect({ status, bundle }).toEqual({ status: "pending_approval", bundle: undefined });
    expect(message).toContain("requires approval");
    expect((await api.getRequest(certificateRequestId)).status).toBe("pending_approval");
    await server.certificates.approve(certificateRequestId);
    const issued = await api.getRequest(certificateRequestId);
    expect(issued.status).toBe("issued");
    expect(issued.bundle?.certificateChain).toContain("BEGIN CERTIFICATE");
    expect(issued.bundle?.privateKey).toContain("BEGIN PRIVATE KEY");
  });

  test("is waited for", async () => {
    const { api, profileId, server, pass } = await startCertificates({ issuance: "queued" });
    const issuing = api.issue({ profileId, attributes, wait: "2m" });
    await pass(2_000);
    await pass(0);
    const [request] = server.certificates.requests();
    await server.certificates.approve(request?.id ?? "");
    await pass(5_000);
    expect((await issuing).status).toBe("issued");
  });

  test("resolves to its state when the time to wait has passed", async () => {
    const { api, profileId, pass, asked } = await startCertificates({ issuance: "queued" });
    const issuing = api.issue({ profileId, attributes, wait: "2m" });
    await pass(120_000);
    expect(await issuing).toMatchObject({ status: "pending", bundle: undefined });
    expect(asked()).toBe(1);
  });

  test("ends with its wait when it is rejected or has failed", async () => {
    const { api, profileId, server } = await startCertificates({ issuance: "approval" });
    const ids = await Promise.all(
      [1, 2].map(async () => (await api.issue({ profileId, attributes })).certificateRequestId),
    );
    server.certificates.reject(ids[0] ?? "");
    server.certificates.fail(ids[1] ?? "", "The authority is on holiday");
    expect(await api.getRequest(ids[0] ?? "", { wait: "1h" })).toMatchObject({ status: "rejected" });
    expect(await api.getRequest(ids[1] ?? "", { wait: "1h" })).toMatchObject({
      status: "failed",
      message: "The authority is on holiday",
    });
  });

  test("is waited for no longer when the signal aborts, or the client closes", async () => {
    const { api, client, profileId, pass } = await startCertificates({ issuance: "approval" });
    const reason = new Error("enough");
    const controller = new AbortController();
    const aborted = failureOf<unknown>(
      api.issue({ profileId, attributes, wait: "1h", signal: controller.signal }),
    );
    await pass(0);
    controller.abort(reason);
    expect(await aborted).toBe(reason);
    const closed = failureOf(api.issue({ profileId, attributes, wait: "1h" }));
    await pass(0);
    await client.close();
    expect((await closed).code).toBe("CLIENT_CLOSED");
  });

  test("passes a state through that nobody knows", async () => {
    const body = { certificate: null, certificateRequestId: "a-request", status: "in_orbit" };
    const { siteUrl } = await startAnswering(() => ({ body }));
    const client = createClient({ siteUrl, plugins: [certificates()] });
    client.auth().accessToken("a-token");
    expect((await client.certificates().issue({ profileId: "a-profile" })).status).toBe("in_orbit");
  });

  test("names its id in the error of a look that fails", async () => {
    const { api, profileId, server, pass } = await startCertificates({ issuance: "approval" });
    server.fail({ method: "GET", path: /certificate-requests/ }, { status: 500 });
    const failed = failureOf(api.issue({ profileId, attributes, wait: "1h" }));
    await pass(2_000);
    const [request] = server.certificates.requests();
    expect((await failed).message).toContain(`The certificate request ${request?.id} goes on`);
  });
});

describe("issuing", () => {
  test.each([
    ["CONNECTION_LOST", { drop: "after" }, 1],
    ["TIMEOUT", { stall: "headers" }, 0],
    ["GATEWAY_ERROR", { truncate: "body" }, 1],
    ["SERVER_ERROR", { status: 503 }, 0],
  ] as const)("is not repeated when its outcome is unknown: %s", async (code, failure, issued) => {
    const { server, connect, profileId, asked, fail } = await startCertificates();
    const client = connect({ retry: { limit: 3, baseDelay: 1 }, timeout: 1_000, plugins: [certificates()] });
    await client.auth().login();
    fail(1, failure);
    const error = await failureOf(client.certificates().issue({ profileId, attributes }));
    expect(error.code).toBe(code);
    expect(error.message).toContain("A certificate may have been issued anyway");
    expect(asked()).toBe(1);
    expect(server.certificates.list()).toHaveLength(issued);
  });

  test.each([
    ["profileId must be a non-empty string", { profileId: "" }],
    ["csr must be a certificate request (PKCS #10) in PEM form", { csr: "hunter2" }],
    ["must not be sent", { csr: "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----" }],
    ["attributes.commonName must be omitted with csr", { csr, attributes: { commonName: "a" } }],
    ["attributes.ttl must be omitted if notBefore", { attributes: { ttl: "1d", notAfter: "2027-01-01" } }],
    ["attributes.ttl must be greater than 0 and at most 100 years", { attributes: { ttl: 0 } }],
    ["attributes.notAfter must be a Date", { attributes: { notAfter: "soon" } }],
    [
      "attributes.notBefore must be earlier than notAfter",
      { attributes: { notBefore: "2027-01-01", notAfter: new Date("2026-01-01") } },
    ],
    ["attributes.altNames[0].value must be", { attributes: { altNames: [{ type: "dns_name", value: "" }] } }],
    [
      "attributes.basicConstraints.pathLength must be at most 255",
      {
        attributes: { basicConstraints: { isCA: true, pathLength: 256 } },
      },
    ],
    ["wait must be greater than 0", { wait: 0 }],
    ["did you mean attributes.commonName", { attributes: { commonname: "a" } }],
  ] as const)("refuses an option: %s", async (text, options) => {
    const client = createClient({ plugins: [certificates()] });
    const error = await failureOf(
      client.certificates().issue({ profileId: "a-profile", ...options } as IssueCertificateOptions),
    );
    expect(error.code).toBe("INVALID_OPTION");
    expect(error.message).toContain(text);
    expect(error.message).not.toContain("hunter2");
  });
});

test("a list has at most 100 certificates, and an id is not empty", async () => {
  const api = createClient({ plugins: [certificates()] }).certificates();
  expect((await failureOf(api.list("p", { limit: 101 }))).message).toContain("limit must be at most 100");
  expect((await failureOf(api.list(" "))).message).toContain("profileId must be a non-empty string");
  expect((await failureOf(api.getBundle(""))).message).toContain("certificateId must be a non-empty string");
});

test("without permissions, every call is refused", async () => {
  const { server, siteUrl, profileId } = await startCertificates({}, { server: withoutRights });
  const client = createClient({
    siteUrl,
    auth: strategyFor(server, { identity: 1 }),
    plugins: [certificates()],
  });
  const api = client.certificates();
  const calls = [api.issue({ profileId, attributes }), api.getLatestBundle(profileId), api.list(profileId)];
  const errors = await Promise.all(calls.map((call) => failureOf(call as Promise<unknown>)));
  expect(errors.map(({ code }) => code)).toEqual(["FORBIDDEN", "FORBIDDEN", "FORBIDDEN"]);
});

const withoutRights = {
  identities: [
    { name: "admin", organizationRole: "admin", universalAuth: {} },
    { name: "stranger", universalAuth: {} },
  ],
} as const;
