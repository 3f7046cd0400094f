import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { createAuthority } from "#test-kit";
import { renewalWindow, untilNextTry, untilRenewal } from "../src/schedule.ts";
import { validityOf } from "../src/validity.ts";

const day = 24 * 60 * 60_000;

test.each([
  ["before 2050", Date.UTC(2026, 1, 3, 4, 5, 6), Date.UTC(2049, 11, 31, 23, 59, 59)],
  ["after 2050", Date.UTC(1999, 0), Date.UTC(2050, 0)],
])("the dates of a certificate are read as node:crypto reads them: %s", async (_, from, until) => {
  const { cert } = await (await createAuthority()).issue({ from, until });
  const { validFrom, validTo } = new X509Certificate(cert);
  expect(validityOf(cert)).toEqual({ notBefore: Date.parse(validFrom), notAfter: Date.parse(validTo) });
  expect(validityOf(cert)).toEqual({ notBefore: from, notAfter: until });
});

test("what is not a certificate has no dates, wherever it is cut off", async () => {
  const { cert } = await (await createAuthority()).issue();
  const base64 = cert.replaceAll(/-----[^-]+-----|\s/g, "");
  for (let length = 0; length < 120; length += 4) {
    const pem = `-----BEGIN CERTIFICATE-----\n${base64.slice(0, length)}\n-----END CERTIFICATE-----`;
    expect(validityOf(pem)).toBeUndefined();
  }
  for (const text of ["", "hunter2", "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----"]) {
    expect(validityOf(text)).toBeUndefined();
  }
});

test("a certificate is renewed between its end and the window before it, however it is asked for", () => {
  const validity = { notBefore: 0, notAfter: 90 * day };
  expect(renewalWindow(validity, undefined)).toBe(30 * day);
  expect(renewalWindow(validity, 7 * day)).toBe(7 * day);
  expect(renewalWindow(validity, 400 * day)).toBe(60 * day);
  expect(untilRenewal(validity, 30 * day, 0)).toBeLessThanOrEqual(60 * day);
  expect(untilRenewal(validity, 30 * day, 0)).toBeGreaterThanOrEqual(57 * day);
  // By a clock that is ahead, not all the time.
  expect(untilRenewal(validity, 30 * day, 1000 * day)).toBe(6 * day);
});

test("waits after failures double up to an hour, and are short near the end, before and after it", () => {
  const within = (wait: number, least: number) => wait >= least && wait <= least * 1.25;
  expect(within(untilNextTry(1, undefined, 30 * day), 30_000)).toBe(true);
  expect(within(untilNextTry(3, undefined, 30 * day), 120_000)).toBe(true);
  expect(within(untilNextTry(50, undefined, 30 * day), 3_600_000)).toBe(true);
  expect(within(untilNextTry(50, undefined, 80_000), 10_000)).toBe(true);
  expect(within(untilNextTry(50, undefined, 1), 5_000)).toBe(true);
  expect(within(untilNextTry(50, undefined, -1), 5_000)).toBe(true);
  expect(within(untilNextTry(50, undefined, -80_000), 10_000)).toBe(true);
  expect(within(untilNextTry(50, undefined, -30 * day), 3_600_000)).toBe(true);
});
