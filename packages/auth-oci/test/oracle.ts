import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type AuthStrategy, createClient, type LoginContext } from "@infisical/core";
import { afterEach, beforeEach, expect, onTestFinished, vi } from "vitest";
import { type Answer, failureOf, jumpingClock, loginContext, printed, startAnswering } from "#test-kit";
import type { OciAuthOptions } from "../src/index.ts";

export const identityId = "8f1a1d0e-0000-4000-8000-000000000001";
export const tenancy = "ocid1.tenancy.oc1..aaaaaaaatenancy";
export const user = "ocid1.user.oc1..aaaaaaaauser";
export const region = "eu-frankfurt-1";
export const passphrase = "hunter2-passphrase";

/** Each test of the file starts with an environment that does not mention Oracle, and in a home folder of its own. */
export function outsideOracle(): void {
  beforeEach(() => {
    for (const name of Object.keys(process.env)) {
      if (/^(?:OCI|INFISICAL)_/.test(name)) vi.stubEnv(name, undefined);
    }
    vi.stubEnv("HOME", folder());
  });
  afterEach(() => vi.unstubAllEnvs());
}

/** An API key in every form that a key file can have. */
export function createKey() {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = (type: "pkcs1" | "pkcs8", encryption = {}) =>
    privateKey.export({ type, format: "pem", ...encryption }).toString();
  const cipher = { cipher: "aes-256-cbc", passphrase };
  return {
    fingerprint: fingerprintOf(publicKey),
    publicPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
    publicKey,
    privateKey,
    pkcs1: pem("pkcs1"),
    pkcs8: pem("pkcs8"),
    encryptedPkcs1: pem("pkcs1", cipher),
    encryptedPkcs8: pem("pkcs8", cipher),
  };
}

export type Key = ReturnType<typeof createKey>;

function fingerprintOf(publicKey: KeyObject): string {
  const der = createPublicKey(publicKey.export({ type: "spki", format: "pem" })).export({
    type: "spki",
    format: "der",
  });
  return createHash("md5")
    .update(der)
    .digest("hex")
    .replace(/..(?!$)/g, "$&:");
}

/** The options that describe a key completely. */
export function optionsOf({ fingerprint, pkcs8 }: Key) {
  return { identityId, tenancy, user, fingerprint, region, privateKey: pkcs8 } satisfies OciAuthOptions;
}

/** What must show nowhere: the lines of a key. */
export function linesOf(...pems: readonly string[]): string[] {
  return pems.flatMap((pem) => pem.split("\n").filter((line) => line.length > 40 && !line.includes("-----")));
}

/** A folder that exists until the test ends. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "infisical-oci-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

/** Writes a file, and returns its path. */
export function write(path: string, content: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** A section of a config file. */
export function section(name: string, values: Readonly<Record<string, string>>): string {
  return [`[${name}]`, ...Object.entries(values).map((pair) => pair.join("="))].join("\n");
}

/** The body of a login. */
export interface Sent {
  readonly identityId: string;
  readonly userOcid: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a strategy sends at a time, without a server. */
export async function sentBy(auth: AuthStrategy, now: number = Date.parse("2026-11-27T08:00:00.900Z")) {
  const bodies: Sent[] = [];
  const request: LoginContext["http"]["request"] = async ({ body }) => {
    bodies.push(body as Sent);
    return { accessToken: "t" } as never;
  };
  const clock = { now: () => now, sleep: async () => undefined };
  const transport = () => Promise.reject(new Error("unexpected"));
  await auth.login(loginContext({ http: { request }, transport, clock }));
  return bodies[0] as Sent;
}

/** A refusal in the form of Infisical. */
export function refusal(status: number, error: string, message: string): Answer {
  return { status, body: { reqId: "req-1", statusCode: status, error, message } };
}

/** Logs in at an Infisical with these answers; waits end at once. */
export async function startInfisical(
  auth: AuthStrategy,
  answer: (body: string) => Answer = () => ({ body: { accessToken: "an-access-token" } }),
) {
  const bodies: Sent[] = [];
  const { siteUrl } = await startAnswering(({ body }) => {
    bodies.push(JSON.parse(body));
    return answer(body);
  });
  const clock = jumpingClock();
  const client = createClient({ siteUrl, auth, clock });
  onTestFinished(() => client.close());
  return { bodies, clock, client, logIn: () => client.auth().login() };
}

/** What a login fails with, whose text must show none of these. */
export async function failureWithout(secrets: readonly string[], login: Promise<unknown>) {
  const failure = await failureOf(login);
  const text = printed(failure);
  for (const secret of [passphrase, ...secrets]) expect(text).not.toContain(secret);
  return failure;
}
