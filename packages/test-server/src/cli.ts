#!/usr/bin/env node
import { isLoopback } from "#sockets";
import { type CliArguments, helpText, messageOf, readArguments, readSeed } from "./cli-arguments.ts";
import type { LoggedRequest } from "./engine/responder.ts";
import type { TestServerOptions } from "./options.ts";
import { createTestServer, type TestServer } from "./server.ts";

try {
  const options = readArguments(process.argv.slice(2));
  if (options.help) process.stdout.write(helpText);
  else await start(options);
} catch (error) {
  process.stderr.write(`infisical-test-server: ${messageOf(error)}\n`);
  process.exitCode = 1;
}

/** Starts a server and stops it on Ctrl-C or SIGTERM. */
async function start({ port, host, allowedHosts, json, quiet, seed }: CliArguments): Promise<void> {
  const server = seededServer(seed, {
    ...(await readSeed(seed)),
    log: false,
    onRequest: (request) => {
      if (!quiet && !json) process.stderr.write(requestLine(request));
    },
  });
  const { siteUrl } = await server.listen({ port, host, allowedHosts });
  if (!isLoopback(host)) {
    process.stderr.write(
      `warning: ${host} is reachable from other machines, and this server protects nothing\n`,
    );
  }
  process.stdout.write(json ? jsonLine(server, siteUrl) : banner(server, siteUrl));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void server.close());
}

function seededServer(seedFile: string | undefined, options: TestServerOptions): TestServer {
  try {
    return createTestServer(options);
  } catch (error) {
    throw new Error(`the seed ${seedFile}: ${messageOf(error)}`);
  }
}

/** How the server describes itself to a person. */
function banner(server: TestServer, siteUrl: string): string {
  const lines = [
    "Infisical test server: for tests, never for real secrets. Its data is lost when it stops.",
    "",
    `siteUrl       ${siteUrl}`,
    ...server.identities.flatMap(({ name, identityId, clientId, clientSecret }, index) => {
      const suffix = index === 0 ? "" : `   (${name})`;
      if (clientId === undefined) return [`identityId    ${identityId}   (${name})`];
      return [`clientId      ${clientId}${suffix}`, `clientSecret  ${clientSecret}${suffix}`];
    }),
    ...server.projects.map(({ id, slug }) => `projectId     ${id}   (${slug})`),
    "",
    "Press Ctrl-C to stop.",
  ];
  return `${lines.join("\n")}\n`;
}

/** How the server describes itself to a program. */
function jsonLine({ projects, identities }: TestServer, siteUrl: string): string {
  return `${JSON.stringify({ siteUrl, projects, identities })}\n`;
}

/** A request without query, headers and body, which contain credentials and values. */
function requestLine({ method, path, status }: LoggedRequest): string {
  return `${method} ${path} ${status ?? "(no response)"}\n`;
}
