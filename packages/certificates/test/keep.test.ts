import { X509Certificate } from "node:crypto";
import { createClient } from "@infisical/core";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { failureOf, printed, strategyFor, warningsOf } from "#test-kit";
import { type KeepCertificateOptions, keepCertificate } from "../src/index.ts";
import { attributes, day, next, startCertificates } from "./start-certificates.ts";

describe("a kept certificate", () => {
  test("is there once it is ready, and is renewed when a third of its life is left", async () => {
    const { server, keep, pass, asked } = await startCertificates();
    const kept = keep();
    expect([kept.bundle, kept.expiresAt, kept.ended]).toEqual([undefined, undefined, false]);
    expect(() => kept.secureContext()).toThrow("wait for ready");
    const [{ bundle, expiresAt, renewsAt }, ready] = await Promise.all([next(kept, "change"), kept.ready]);
    expect(ready).toBe(bundle);
    expect(kept.bundle).toBe(bundle);
    const [stored] = server.certificates.list();
    // Certificates have whole seconds.
    expect(expiresAt.toISOString()).toBe(stored?.notAfter.replace(/\.\d{3}Z$/, ".000Z"));
    const left = (expiresAt.getTime() - renewsAt.getTime()) / day;
    expect(left).toBeGreaterThanOrEqual(29.99);
    expect(left).toBeLessThanOrEqual(33.01);
    await pass(56 * day);
    await pass(0);
    expect(asked()).toBe(1);
    const changed = next(kept, "change");
    await pass(5 * day);
    expect((await changed).bundle).not.toBe(bundle);
    expect(asked()).toBe(2);
    expect(kept.secureContext()).toBe(kept.secureContext());
  });

  test("is renewed as long before its end as it is told", async () => {
    const { keep, pass } = await startCertificates();
    const kept = keep({ renewBefore: "7d" });
    const { expiresAt, renewsAt } = await next(kept, "change");
    expect(expiresAt.getTime() - renewsAt.getTime()).toBeGreaterThanOrEqual(7 * day - 1000);
    expect(expiresAt.getTime() - renewsAt.getTime()).toBeLessThanOrEqual(7.7 * day);
    const changed = next(kept, "change");
    await pass(83 * day + 60_000);
    await changed;
  });

  test("is renewed before its end by a clock that is behind", async () => {
    const { keep, server, clock } = await startCertificates();
    server.clock.advance(2 * 60 * 60_000);
    const kept = keep({ attributes: { ...attributes, ttl: "1h" } });
    const { renewsAt } = await next(kept, "change");
    expect(renewsAt.getTime() - clock.now()).toBeLessThanOrEqual(40 * 60_000);
  });

  test("has a new key with each renewal, and sends none of them with a local key", async () => {
    const { keep, server } = await startCertificates();
    const kept = keep({ localKey: true });
    const first = await kept.ready;
    const second = await kept.renew();
    expect(second.privateKey).not.toBe(first.privateKey);
    for (const bundle of [first, second]) {
      const key = bundle.privateKey?.split("\n")[1] ?? "";
      expect(key).not.toBe("");
      expect(JSON.stringify(server.requests)).not.toContain(key);
    }
    expect(new X509Certificate(second.certificate).subjectAltName).toContain("DNS:localhost");
  });

  test("shows no private key in what is printed of it and of its events", async () => {
    const { keep, fail } = await startCertificates();
    const kept = keep();
    const change = await next(kept, "change");
    const failing = next(kept, "failed");
    fail(1, { status: 500 });
    await failureOf(kept.renew());
    const text = [kept, change, await failing, await kept.ready].map(printed).join("\n");
    const key = kept.bundle?.privateKey?.split("\n")[1] ?? "";
    expect(key).toMatch(/^[\w+/]{64}$/);
    expect(text).not.toContain(key);
    expect(text).not.toContain("PRIVATE KEY");
  });

  test("keeps its private key out of the errors of its client, until it ends", async () => {
    const { keep, client, server } = await startCertificates();
    const kept = keep();
    // Without the lines around it, by which every key is known.
    const part = (await kept.ready).privateKey?.split("\n")[2] ?? "";
    expect(part).toMatch(/^[\w+/]{40}/);
    const body = { reqId: "req-1", statusCode: 400, error: "BadRequest", message: `It was: ${part}` };
    server.fail({ method: "GET", path: /status/, times: 2 }, { status: 400, body });
    const error = await failureOf(client.request({ method: "GET", path: "/api/status" }));
    expect(error.message).toContain("It was:");
    expect(printed(error)).not.toContain(part);
    kept.close();
    const later = await failureOf(client.request({ method: "GET", path: "/api/status" }));
    // The client holds nothing of what nobody keeps.
    expect(later.message).toContain(part);
  });
});

describe("while a renewal fails", () => {
  test("the last certificate is kept, the event tells, and it is tried again", async () => {
    const { keep, fail, pass, clock, asked } = await startCertificates();
    const kept = keep();
    const bundle = await kept.ready;
    const context = kept.secureContext();
    fail(2, { status: 500 });
    const failed = next(kept, "failed");
    await pass(61 * day);
    const { attempt, error, expiresAt, retryAt, since } = await failed;
    expect(error).toMatchObject({ code: "SERVER_ERROR" });
    expect([attempt, since.getTime(), expiresAt]).toEqual([1, clock.now(), kept.expiresAt]);
    const wait = retryAt.getTime() - clock.now();
    expect(wait).toBeGreaterThanOrEqual(30_000);
    expect(wait).toBeLessThanOrEqual(37_500);
    expect([kept.bundle, kept.secureContext(), kept.failingSince]).toEqual([bundle, context, since]);
    const again = next(kept, "failed");
    await pass(wait + 1);
    expect((await again).attempt).toBe(2);
    const changed = next(kept, "change");
    await pass(75_000);
    await changed;
    expect(kept.failingSince).toBeUndefined();
    expect(asked()).toBe(4);
  });

  test("the first tries after its end follow one another as quickly as the last ones before it", async () => {
    const { keep, fail, pass, clock } = await startCertificates();
    const kept = keep({ attributes: { ...attributes, ttl: "1h" } });
    const { expiresAt } = await next(kept, "change");
    fail(Number.POSITIVE_INFINITY, { status: 500 });
    let wait = 40 * 60_000;
    while (clock.now() <= expiresAt.getTime()) {
      const failed = next(kept, "failed");
      await pass(wait + 1);
      wait = (await failed).retryAt.getTime() - clock.now();
    }
    expect(wait).toBeLessThanOrEqual(6_250);
  });

  test("a process warning tells if nobody listens", async () => {
    const warnings = warningsOf();
    const { keep, fail } = await startCertificates();
    const kept = keep();
    await kept.ready;
    fail(2, { status: 500 });
    await failureOf(kept.renew());
    await failureOf(kept.renew());
    await vi.waitFor(() => expect(warnings).toHaveLength(1));
    expect(warnings[0]).toContain("A certificate could not be issued");
    expect(warnings[0]).toContain("the last one is kept until");
  });

  test("what a server asks for by Retry-After is waited for", async () => {
    const { keep, fail, clock } = await startCertificates();
    const kept = keep();
    await kept.ready;
    fail(1, { status: 429, headers: { "retry-after": "600" } });
    const failed = next(kept, "failed");
    const renewal = failureOf(kept.renew());
    expect((await failed).retryAt.getTime() - clock.now()).toBeGreaterThanOrEqual(600_000);
    expect((await renewal).code).toBe("RATE_LIMITED");
  });
});

describe("before the first certificate", () => {
  test("a refusal ends it", async () => {
    const { client } = await startCertificates();
    const kept = keepCertificate(client, { profileId: "10000000-0000-4000-8000-000000000000" });
    const ended = next(kept, "end");
    expect((await failureOf(kept.ready)).code).toBe("NOT_FOUND");
    expect((await ended).reason).toMatchObject({ code: "NOT_FOUND" });
    expect(kept.ended).toBe(true);
    expect((await failureOf(kept.renew())).code).toBe("NOT_FOUND");
  });

  test("an outage is waited for", async () => {
    const { keep, fail, pass, asked } = await startCertificates();
    fail(1, { status: 503 });
    const kept = keep();
    await next(kept, "failed");
    await pass(60_000);
    await kept.ready;
    expect(asked()).toBe(2);
  });

  test("a request is looked at until it is approved, and made once", async () => {
    const { server, keep, pass, asked } = await startCertificates({ issuance: "approval" });
    const kept = keep({ localKey: true });
    const pending = await next(kept, "pending");
    expect(pending.status).toBe("pending_approval");
    const looks = () => server.requests.filter(({ path }) => path.includes("certificate-requests")).length;
    for (let count = 1; count <= 3; count += 1) {
      await pass(75_000);
      await vi.waitFor(() => expect(looks()).toBe(count));
    }
    await server.certificates.approve(pending.certificateRequestId);
    await pass(75_000);
    expect((await kept.ready).privateKey).toContain("BEGIN PRIVATE KEY");
    expect(asked()).toBe(1);
  });

  test("a rejected request ends it", async () => {
    const { server, keep, pass } = await startCertificates({ issuance: "approval" });
    const kept = keep();
    const { certificateRequestId } = await next(kept, "pending");
    server.certificates.reject(certificateRequestId);
    await pass(75_000);
    const error = await failureOf(kept.ready);
    expect(error.code).toBe("CERTIFICATE_NOT_ISSUED");
    expect(error.message).toBe(`The certificate request ${certificateRequestId} has been rejected.`);
  });
});

describe('with the source "latest"', () => {
  test("it reads what somebody else issues and renews, and issues nothing", async () => {
    const { keep, pass, asked, api, profileId } = await startCertificates();
    const kept = keep({ source: "latest", attributes: undefined });
    expect((await next(kept, "failed")).error).toMatchObject({ code: "CERTIFICATE_NOT_ISSUED" });
    const { bundle } = await api.issue({ profileId, attributes });
    await pass(60_000);
    expect((await kept.ready).serialNumber).toBe(bundle?.serialNumber);
    const { bundle: renewed } = await api.issue({ profileId, attributes });
    const changed = next(kept, "change");
    await pass(61 * day);
    expect((await changed).bundle.serialNumber).toBe(renewed?.serialNumber);
    expect(asked()).toBe(2);
  });

  test("it tells when nobody renews", async () => {
    const { keep, pass, api, profileId } = await startCertificates();
    await api.issue({ profileId, attributes });
    const kept = keep({ source: "latest", attributes: undefined });
    const bundle = await kept.ready;
    const failed = next(kept, "failed");
    await pass(80 * day);
    expect((await failed).error).toMatchObject({ message: expect.stringContaining("nobody has renewed it") });
    expect(kept.bundle).toBe(bundle);
  });
});

describe("it ends", () => {
  test("with its signal, with close, and with its client", async () => {
    const { client, keep, clock } = await startCertificates();
    const controller = new AbortController();
    const kept = [keep({ signal: controller.signal }), keep(), keep()] as const;
    await Promise.all(kept.map(({ ready }) => ready));
    const reasons = Promise.all(kept.map(async (each) => (await next(each, "end")).reason));
    const reason = new Error("enough");
    controller.abort(reason);
    kept[1].close();
    await client.close();
    expect(await reasons).toEqual([reason, undefined, expect.objectContaining({ code: "CLIENT_CLOSED" })]);
    expect(clock.sleeping).toBe(0);
    // Connections can go on with the last one.
    for (const each of kept) expect([each.ended, each.secureContext()]).toEqual([true, expect.anything()]);
    expect((await failureOf(kept[1].renew())).message).toContain("call keepCertificate again");
  });

  test("at once if the signal has aborted, and nothing is sent", async () => {
    const { keep, server } = await startCertificates();
    const kept = keep({ signal: AbortSignal.abort("over") });
    expect(kept.ended).toBe(true);
    await expect(kept.ready).rejects.toBe("over");
    expect(server.requests).toEqual([]);
  });
});

test.each([
  ["profileId", {}],
  ["renewBefore must be greater than 0", { renewBefore: 0 }],
  ["attributes.notAfter must be omitted", { attributes: { notAfter: "2030-01-01" } }],
  ['localKey must be omitted if source is "latest"', { source: "latest", localKey: true }],
  ["attributes.commonName must be set, or altNames", { localKey: true }],
  [
    "attributes.signatureAlgorithm must be omitted",
    {
      localKey: true,
      attributes: { commonName: "a", signatureAlgorithm: "RSA-SHA256" },
    },
  ],
  [
    "attributes.keyUsages[0] must be one of",
    {
      localKey: true,
      attributes: { commonName: "a", keyUsages: ["everything"] },
    },
  ],
] as const)("an option is refused at once: %s", (text, options) => {
  const given = { ...(text !== "profileId" && { profileId: "p" }), ...options };
  expect(() => keepCertificate(createClient(), given as KeepCertificateOptions)).toThrow(text);
});

test("with a client of another copy of core, no clock waits that keeps a process alive", async () => {
  const { siteUrl, server, profileId } = await startCertificates();
  vi.resetModules();
  const other = await import("@infisical/core");
  const { systemClock } = await import("@infisical/core/authoring");
  const sleep = vi.spyOn(systemClock, "sleep");
  onTestFinished(() => sleep.mockRestore());
  const client = other.createClient({ siteUrl, auth: strategyFor(server) });
  const kept = keepCertificate(client, { profileId, attributes });
  onTestFinished(() => kept.close());
  await next(kept, "change");
  // A login waits for itself by the clock, for at most two seconds.
  expect(sleep.mock.calls.filter(([milliseconds]) => milliseconds > 2_000)).toEqual([]);
});

test("what is not a client is refused", () => {
  expect(() => keepCertificate({}, { profileId: "p" })).toThrow("client must be a client");
});
