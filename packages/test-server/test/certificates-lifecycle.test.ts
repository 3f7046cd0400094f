import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { call } from "./support/api.ts";
import { certificates, p256, profiles, signingRequest, startWithProfile } from "./support/certificates.ts";

const hour = 3_600_000;
const unknown = "00000000-0000-4000-8000-000000000000";
const nothing = { certificate: null, certificateChain: null, privateKey: null, serialNumber: null };

describe("requests that await approval", () => {
  test("a certificate is issued when its request is approved, and lives from then on", async () => {
    const { request, api, server } = await startWithProfile({ issuance: "approval" });
    const asked = await request({ attributes: { commonName: "app", organization: "Org", ttl: "1h" } });
    expect([asked.status, asked.body]).toEqual([
      200,
      {
        certificate: null,
        certificateRequestId: expect.any(String),
        status: "pending_approval",
        message: "Certificate request requires approval",
      },
    ]);
    const id = asked.body.certificateRequestId;
    const path = `${certificates}/certificate-requests/${id}`;
    const waiting = (await api("GET", path)).body;
    expect(waiting).toEqual({
      status: "pending_approval",
      certificate: null,
      certificateId: null,
      privateKey: null,
      serialNumber: null,
      errorMessage: null,
      pendingMessage: null,
      commonName: "app",
      organization: "Org",
      organizationalUnit: null,
      country: null,
      state: null,
      locality: null,
      domainComponents: null,
      basicConstraints: null,
      metadata: [],
      createdAt: "2026-01-01T00:00:00.000Z",
      updatedAt: "2026-01-01T00:00:00.000Z",
    });
    server.clock.advance(5 * hour);
    const approved = await server.certificates.approve(id);
    const issued = (await api("GET", path)).body;
    expect(issued).toEqual({
      ...waiting,
      status: "issued",
      certificate: expect.stringContaining("BEGIN CERTIFICATE"),
      certificateId: approved.certificateId,
      privateKey: expect.stringContaining("BEGIN PRIVATE KEY"),
      serialNumber: server.certificates.list()[0]?.serialNumber,
      updatedAt: "2026-01-01T05:00:00.000Z",
    });
    expect(new Date(new X509Certificate(issued.certificate).validTo).toISOString()).toBe(
      "2026-01-01T06:00:00.000Z",
    );
    const bundle = await api("GET", `${certificates}/${issued.certificateId}/bundle`);
    expect(bundle.body).toMatchObject({ certificate: issued.certificate, privateKey: issued.privateKey });
  });

  test("a signing request awaits approval too, with a message of its own", async () => {
    const { request, server } = await startWithProfile({ issuance: "approval" });
    const { body } = await request({ csr: signingRequest(p256).csr, attributes: { ttl: "1h" } });
    expect(body).toMatchObject({
      status: "pending_approval",
      message: "Certificate signing request requires approval",
    });
    expect(await server.certificates.approve(body.certificateRequestId)).toEqual({
      id: body.certificateRequestId,
      profileId: expect.any(String),
      status: "issued",
      commonName: "csr.example.com",
      certificateId: expect.any(String),
    });
  });

  test("a request can be rejected, or fail, with a certificate never", async () => {
    const { request, api, server } = await startWithProfile({ issuance: "approval" });
    const ask = async () => (await request({ attributes: { ttl: "1h" } })).body.certificateRequestId;
    const [rejected, failed] = [await ask(), await ask()];
    server.certificates.reject(rejected);
    server.certificates.fail(failed, "the authority is closed");
    const follow = async (id: string) =>
      (await api("GET", `${certificates}/certificate-requests/${id}`)).body;
    expect(await follow(rejected)).toMatchObject({
      status: "rejected",
      certificate: null,
      errorMessage: null,
    });
    expect(await follow(failed)).toMatchObject({
      status: "failed",
      certificate: null,
      errorMessage: "the authority is closed",
    });
    expect(server.certificates.list()).toEqual([]);
  });

  test("an approved request fails if its certificate would outlive the authority", async () => {
    const { request, api, server } = await startWithProfile({ issuance: "approval" });
    const id = (await request({ attributes: { ttl: "90y" } })).body.certificateRequestId;
    expect(await server.certificates.approve(id)).toMatchObject({ status: "failed", certificateId: null });
    expect((await api("GET", `${certificates}/certificate-requests/${id}`)).body).toMatchObject({
      status: "failed",
      errorMessage: "notAfter date is after CA certificate's notAfter date",
    });
  });

  test("a request in the queue of an external authority is issued later, without a lifetime for a year", async () => {
    const { request, api, server } = await startWithProfile({ issuance: "queued" });
    const { body } = await request({ attributes: { commonName: "app" } });
    expect(body).toEqual({ certificate: null, certificateRequestId: expect.any(String), status: "pending" });
    expect(server.certificates.requests()).toEqual([
      {
        id: body.certificateRequestId,
        profileId: expect.any(String),
        status: "pending",
        commonName: "app",
        certificateId: null,
      },
    ]);
    await server.certificates.approve(body.certificateRequestId);
    const path = `${certificates}/certificate-requests/${body.certificateRequestId}`;
    const { status, certificate } = (await api("GET", path)).body;
    expect(status).toBe("issued");
    expect(new Date(new X509Certificate(certificate).validTo).toISOString()).toBe("2027-01-01T06:00:00.000Z");
  });

  test("a request is decided about once", async () => {
    const { request, server } = await startWithProfile({ issuance: "approval" });
    const id = (await request({ attributes: { ttl: "1h" } })).body.certificateRequestId;
    const approval = server.certificates.approve(id);
    await expect(server.certificates.approve(id)).rejects.toThrow(
      `The certificate request "${id}" is being issued already`,
    );
    await approval;
    expect(() => server.certificates.reject(id)).toThrow(`The certificate request "${id}" is issued already`);
    expect(() => server.certificates.fail(unknown, "x")).toThrow("has no certificate request with the id");
    expect(server.certificates.list()).toHaveLength(1);
  });
});

describe("certificates of a profile", () => {
  test("certificates expire by the server's clock, and revoked ones stay revoked", async () => {
    const { request, api, server, profile } = await startWithProfile();
    const issue = async (commonName: string, ttl: string) =>
      (await request({ attributes: { commonName, ttl } })).body.certificate.certificateId;
    const short = await issue("short", "1h");
    const revoked = await issue("revoked", "1h");
    const long = await issue("long", "1d");
    server.clock.advance(60_000);
    server.certificates.revoke(revoked);
    server.clock.advance(hour - 60_000);
    server.certificates.revoke(revoked);
    const path = `${profiles}/${profile.id}/certificates`;
    const list = async (query: Record<string, string> = {}) =>
      (await api("GET", path, { query })).body.certificates;
    expect(await list()).toMatchObject([
      { id: long, cn: "long", status: "active", revokedAt: null },
      { id: revoked, cn: "revoked", status: "revoked", revokedAt: "2026-01-01T00:01:00.000Z" },
      { id: short, cn: "short", status: "expired", revokedAt: null },
    ]);
    for (const [status, id] of [
      ["active", long],
      ["revoked", revoked],
      ["expired", short],
    ]) {
      expect(await list({ status: status ?? "" })).toMatchObject([{ id }]);
    }
    expect(server.certificates.list().map(({ status }) => status)).toEqual(["expired", "revoked", "active"]);
    expect((await list())[0]).toEqual({
      id: long,
      serialNumber: expect.stringMatching(/^[0-9a-f]{40}$/),
      cn: "long",
      status: "active",
      notBefore: "2026-01-01T00:00:00.000Z",
      notAfter: "2026-01-02T00:00:00.000Z",
      revokedAt: null,
      createdAt: "2026-01-01T00:00:00.000Z",
    });
    // A bundle is sent all the same.
    expect((await api("GET", `${certificates}/${revoked}/bundle`)).status).toBe(200);
  });

  test("certificates are listed in pages, newest first, and are searched", async () => {
    const { request, api, server, profile } = await startWithProfile();
    for (const commonName of ["x1", "x2", "Y3"]) await request({ attributes: { commonName } });
    const other = server.certificates.createProfile({ defaults: { ttlDays: 1 } });
    await request({ profileId: other.id, attributes: { commonName: "x4" } });
    const path = `${profiles}/${profile.id}/certificates`;
    const names = async (query: Record<string, string>) =>
      (await api("GET", path, { query })).body.certificates.map(({ cn }: { cn: string }) => cn);
    expect(await names({})).toEqual(["Y3", "x2", "x1"]);
    expect(await names({ limit: "2" })).toEqual(["Y3", "x2"]);
    expect(await names({ offset: "2", limit: "2" })).toEqual(["x1"]);
    expect(await names({ search: "X" })).toEqual(["x2", "x1"]);
    expect(await names({ search: server.certificates.list()[2]?.serialNumber ?? "" })).toEqual(["Y3"]);
    for (const [query, field] of [
      [{ limit: "0" }, "limit"],
      [{ limit: "101" }, "limit"],
      [{ offset: "-1" }, "offset"],
      [{ status: "pending" }, "status"],
    ] as const) {
      const { status, body } = await api("GET", path, { query });
      expect([status, body.message[0].path]).toEqual([422, [field]]);
    }
  });

  test("the latest active bundle is that of the newest certificate that is neither expired nor revoked", async () => {
    const { request, api, server, profile } = await startWithProfile();
    const path = `${profiles}/${profile.id}/certificates/latest-active-bundle`;
    expect((await api("GET", path)).body).toEqual(nothing);
    const issue = async (ttl: string) => (await request({ attributes: { ttl } })).body.certificate;
    const [long, short, revoked] = [await issue("1d"), await issue("1h"), await issue("1d")];
    server.certificates.revoke(revoked.certificateId);
    const latest = async () => (await api("GET", path)).body;
    expect(await latest()).toEqual({
      certificate: short.certificate,
      certificateChain: short.certificateChain,
      privateKey: short.privateKey,
      serialNumber: short.serialNumber,
    });
    server.clock.advance(hour);
    expect((await latest()).serialNumber).toBe(long.serialNumber);
    server.clock.advance(24 * hour);
    expect(await latest()).toEqual(nothing);
  });

  test("what does not exist is not found, and ids are UUIDs", async () => {
    const { api, profile } = await startWithProfile();
    for (const [path, message] of [
      [`${certificates}/${unknown}/bundle`, "Certificate not found"],
      [`${certificates}/certificate-requests/${unknown}`, "Certificate request not found"],
      [`${profiles}/${unknown}/certificates`, "Certificate profile not found"],
      [`${profiles}/${unknown}/certificates/latest-active-bundle`, "Certificate profile not found"],
    ] as const) {
      const { status, body } = await api("GET", path);
      expect([status, body.error, body.message]).toEqual([404, "NotFound", message]);
      const wrong = await api("GET", path.replace(unknown, "no-uuid"));
      expect([wrong.status, wrong.body.error, wrong.body.message[0].message]).toEqual([
        422,
        "ValidationFailure",
        "Invalid uuid",
      ]);
    }
    // A certificate is not one of its profiles.
    expect((await api("GET", `${certificates}/${profile.id}/bundle`)).status).toBe(404);
  });

  test("a certificate is not found after a reset, and neither is its profile", async () => {
    const { request, server, profile } = await startWithProfile();
    const { certificateId } = (await request()).body.certificate;
    server.reset();
    const { accessToken } = (
      await call(server, "POST", "/api/v1/auth/universal-auth/login", { body: server.credentials() })
    ).body;
    for (const path of [
      `${certificates}/${certificateId}/bundle`,
      `${profiles}/${profile.id}/certificates`,
    ]) {
      expect((await call(server, "GET", path, { token: accessToken })).status).toBe(404);
    }
    expect(() => server.certificates.revoke(certificateId)).toThrow("has no certificate with the id");
  });
});
