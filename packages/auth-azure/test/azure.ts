import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AuthStrategy, type Clock, createClient } from "@infisical/core";
import { nodeTransport } from "@infisical/core/node";
import { afterEach, beforeEach, expect, onTestFinished, vi } from "vitest";
import { type Answer, failureOf, printed, serve, startAnswering } from "#test-kit";

export const identityId = "8f1a1d0e-0000-4000-8000-000000000001";
export const tenant = "72f988bf-0000-4000-8000-000000000002";
export const resource = "https://management.azure.com/";

/** Each test of the file starts with an environment that does not mention Azure. */
export function outsideAzure(): void {
  beforeEach(() => {
    for (const name of Object.keys(process.env)) {
      if (/^(?:AZURE|IDENTITY|MSI|IMDS|INFISICAL)_/.test(name)) vi.stubEnv(name, undefined);
    }
  });
  afterEach(() => vi.unstubAllEnvs());
}

/** A JWT that only this test could have signed. */
export function unsignedJwt(claims: object): string {
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString("base64url");
  return `${part({ alg: "RS256", kid: "k1", typ: "JWT" })}.${part(claims)}.aHVudGVyMi1zaWduYXR1cmU`;
}

/** The end of every token of these tests. */
export const signature = "aHVudGVyMi1zaWduYXR1cmU";

/** A token of version 1, as Azure issues it for its own API. */
export function accessToken(claims: object = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const own = {
    aud: resource,
    iss: `https://sts.windows.net/${tenant}/`,
    iat: now,
    exp: now + 3600,
    oid: "an-object",
    tid: tenant,
    ver: "1.0",
  };
  return unsignedJwt({ ...own, ...claims });
}

/** A request to a platform. */
interface PlatformRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly form: Readonly<Record<string, string>>;
}

/** Starts a service of Azure that remembers its requests. */
export async function startPlatform(
  answer: (count: number) => Answer = () => ({ body: { access_token: accessToken() } }),
) {
  const requests: PlatformRequest[] = [];
  const { url: origin } = await serve((incoming, outgoing) => {
    let text = "";
    incoming.on("data", (chunk) => {
      text += chunk;
    });
    incoming.on("end", () => {
      const { method = "", url = "", headers } = incoming;
      requests.push({
        method,
        url: new URL(url, origin),
        headers,
        form: Object.fromEntries(new URLSearchParams(text)),
      });
      const { status = 200, body = {} } = answer(requests.length);
      outgoing.writeHead(status);
      outgoing.end(typeof body === "string" ? body : JSON.stringify(body));
    });
  });
  return { origin, requests };
}

/** The response of Infisical to a login. */
export const accepted: Answer = { body: { accessToken: "an-access-token", expiresIn: 3600 } };

/** A refusal in the form of Infisical. */
export function refusal(status: number, error: string, message: string): Answer {
  return { status, body: { reqId: "req-1", statusCode: status, error, message } };
}

/** Logs in at an Infisical with these answers; waits end at once. */
export async function startInfisical(auth: AuthStrategy, answer: (body: string) => Answer = () => accepted) {
  const bodies: Record<string, string>[] = [];
  const { siteUrl } = await startAnswering(({ body }) => {
    bodies.push(JSON.parse(body));
    return answer(body);
  });
  const waits: number[] = [];
  const clock: Clock = {
    now: () => Date.now(),
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
    },
  };
  const client = createClient({ siteUrl, auth, clock, transport: nodeTransport(), retry: false });
  onTestFinished(() => client.close());
  return { bodies, waits, logIn: () => client.auth().login() };
}

/** What a login fails with, whose text must show neither a token of these tests nor these. */
export async function failureWithout(secrets: readonly string[], login: Promise<unknown>) {
  const failure = await failureOf(login);
  const text = printed(failure);
  for (const secret of [signature, ...secrets]) expect(text).not.toContain(secret);
  return failure;
}

/** A federated token file as the kubelet writes it, and a way to replace it. */
export function tokenFile(token: string) {
  const folder = mkdtempSync(join(tmpdir(), "infisical-azure-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "token");
  const replace = (next: string): void => writeFileSync(path, next);
  replace(token);
  return { path, folder, replace };
}
