import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AuthStrategy, type Clock, createClient } from "@infisical/core";
import { nodeTransport } from "@infisical/core/node";
import { afterEach, beforeEach, expect, onTestFinished, vi } from "vitest";
import { type Answer, failureOf, printed, serve, startAnswering } from "#test-kit";

export const identityId = "8f1a1d0e-0000-4000-8000-000000000001";
export const email = "app@acme.iam.gserviceaccount.com";

/** Each test of the file starts with an environment that does not mention Google. */
export function outsideGoogle(): void {
  beforeEach(() => {
    for (const name of Object.keys(process.env)) {
      if (/^(?:GCE|GOOGLE|METADATA|INFISICAL)_/.test(name)) vi.stubEnv(name, undefined);
    }
  });
  afterEach(() => vi.unstubAllEnvs());
}

/** What the metadata server answers to a path. */
export interface MetadataAnswer {
  readonly status?: number;
  readonly body?: string;
  readonly flavor?: string | null;
  /** The server's clock, as in its header Date. */
  readonly date?: string;
}

/** Starts a metadata server, to which the environment leads until the test ends; it remembers the requests. */
export async function startMetadata(answer: (path: string, count: number) => MetadataAnswer) {
  const requests: { path: string; flavor: unknown }[] = [];
  const listener: RequestListener = ({ url = "", headers }, outgoing) => {
    requests.push({ path: url, flavor: headers["metadata-flavor"] });
    const { status = 200, body = "", flavor = "Google", date } = answer(url, requests.length);
    outgoing.writeHead(status, {
      ...(flavor !== null && { "metadata-flavor": flavor }),
      ...(date && { date }),
    });
    outgoing.end(body);
  };
  const { url } = await serve(listener);
  vi.stubEnv("GCE_METADATA_HOST", url.replace("http://", ""));
  return requests;
}

/** A JWT that only this test could have signed. */
export function unsignedJwt(claims: object): string {
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString("base64url");
  return `${part({ alg: "RS256", kid: "k1", typ: "JWT" })}.${part(claims)}.aHVudGVyMi1zaWduYXR1cmU`;
}

/** A token as the metadata server issues it. */
export function idToken(claims: object = {}): string {
  const now = Math.floor(Date.now() / 1000);
  return unsignedJwt({
    iss: "https://accounts.google.com",
    aud: identityId,
    email,
    iat: now,
    exp: now + 3600,
    ...claims,
  });
}

/** The response of Infisical to a login. */
export const accepted: Answer = { body: { accessToken: "an-access-token", expiresIn: 3600 } };

/** A refusal in the form of Infisical. */
export function refusal(status: number, error: string, message: string): Answer {
  return { status, body: { reqId: "req-1", statusCode: status, error, message } };
}

/** Logs in at an Infisical with these answers; waits end at once. `google` receives what is meant for googleapis.com. */
export async function startInfisical(
  auth: AuthStrategy,
  answer: (body: string) => Answer = () => accepted,
  { google = "", time = () => Date.now() }: { google?: string; time?: () => number } = {},
) {
  const bodies: Record<string, string>[] = [];
  const { siteUrl } = await startAnswering(({ body }) => {
    bodies.push(JSON.parse(body));
    return answer(body);
  });
  const waits: number[] = [];
  const clock: Clock = {
    now: time,
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
    },
  };
  const sockets = nodeTransport();
  const transport = (request: Parameters<typeof sockets>[0]) =>
    sockets({ ...request, url: request.url.replace("https://iamcredentials.googleapis.com", google) });
  const client = createClient({ siteUrl, auth, clock, transport, retry: false });
  onTestFinished(() => client.close());
  return { bodies, waits, client, logIn: () => client.auth().login() };
}

/** What a login fails with, whose text must show none of these. */
export async function failureWithout(secrets: readonly string[], login: Promise<unknown>) {
  const failure = await failureOf(login);
  const text = printed(failure);
  for (const secret of secrets) expect(text).not.toContain(secret);
  return failure;
}

/** A service account's key, as in a key file, and the public part. */
export function createKey(changes: object = {}) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  const key = {
    type: "service_account",
    project_id: "acme",
    private_key_id: "key-1",
    private_key: pem,
    client_email: email,
  };
  return { key: { ...key, ...changes }, publicKey, privateKey };
}

/** A key file, and a way to replace it. */
export function keyFile(content: unknown) {
  const folder = mkdtempSync(join(tmpdir(), "infisical-gcp-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "key.json");
  const replace = (next: unknown): void =>
    writeFileSync(path, typeof next === "string" ? next : JSON.stringify(next));
  replace(content);
  return { path, folder, replace };
}
