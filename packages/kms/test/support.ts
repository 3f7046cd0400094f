import { universalAuth } from "@infisical/auth-universal";
import { createClient } from "@infisical/core";
import { createTestServer } from "@infisical/test-server";
import { onTestFinished } from "vitest";
import { kms } from "../src/index.ts";

/** A test server on a socket, and a client of its administrator. */
export async function startServer() {
  const server = createTestServer();
  const { siteUrl } = await server.listen();
  const { clientId = "", clientSecret = "" } = server.identities[0] ?? {};
  const auth = universalAuth({ clientId, clientSecret });
  // Making an RSA key takes a busy machine a while.
  const client = createClient({ siteUrl, auth, plugins: [kms()], timeout: "60s" });
  const projectId = server.projects[0]?.id ?? "";
  return { server, projectId, keys: client.kms().keys(), kms: client.kms() };
}

/** The same for one test. */
export async function start() {
  const started = await startServer();
  onTestFinished(() => started.server.close());
  return started;
}

/** Text as bytes, and as base64. */
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const base64 = (text: string): string => Buffer.from(text).toString("base64");
