import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { NewCertificateProfile, TestServerOptions } from "../../src/index.ts";
import { createTestServer } from "../../src/index.ts";
import { type ApiResponse, type CallOptions, login } from "./api.ts";

export const certificates = "/api/v1/cert-manager/certificates";
export const profiles = "/api/v1/cert-manager/certificate-profiles";

/** A server on a port with a certificate profile, and a function to call it as an identity. */
export async function startWithProfile(
  profile: NewCertificateProfile = { defaults: { ttlDays: 30 } },
  options: TestServerOptions = { clock: { frozen: true } },
) {
  const server = createTestServer(options);
  const { siteUrl } = await server.listen();
  onTestFinished(() => server.close());
  const made = server.certificates.createProfile(profile);
  const tokens = new Map<string, string>();
  const as = async (
    identity: string,
    method: string,
    path: string,
    { body, query = {} }: CallOptions = {},
  ): Promise<ApiResponse> => {
    const token = tokens.get(identity) ?? (await login(server, identity));
    tokens.set(identity, token);
    const search = new URLSearchParams(query).toString();
    const response = await fetch(`${siteUrl}${path}${search && `?${search}`}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json(), headers: response.headers };
  };
  const api = (method: string, path: string, options?: CallOptions) => as("admin", method, path, options);
  const request = (fields: object = {}) =>
    api("POST", certificates, { body: { profileId: made.id, ...fields } });
  return { server, siteUrl, profile: made, as, api, request };
}

/** The administrator of a server, to which tests add identities of other kinds. */
export const administrator = {
  name: "admin",
  organizationRole: "admin",
  universalAuth: {},
} as const;

/** Runs OpenSSL on files with these contents, whose names take the places of `@name`, and returns what it prints. */
export function openssl(parameters: readonly string[], files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "certificates-"));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const placed = parameters.map((one) => (one.startsWith("@") ? join(folder, one.slice(1)) : one));
    return execFileSync("openssl", placed, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A key and a certificate signing request for it, by OpenSSL. */
export function signingRequest(
  newKey: readonly string[],
  { subject = "/CN=csr.example.com", extensions = [] as readonly string[] } = {},
): { readonly key: string; readonly csr: string } {
  const key = openssl(["genpkey", ...newKey]);
  const added = extensions.flatMap((extension) => ["-addext", extension]);
  const csr = openssl(["req", "-new", "-key", "@key.pem", "-subj", subject, ...added], { "key.pem": key });
  return { key, csr };
}

export const p256 = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];

/** What a certificate of the API's responses is in. */
export function pemBlocks(chain: string): string[] {
  return chain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}
