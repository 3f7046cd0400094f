#!/usr/bin/env node
import { writeFile } from "node:fs/promises";
import { type CliArguments, helpText, messageOf, readArguments, readSeed } from "./cli-arguments.ts";
import { banner, jsonLine, requestLine, variableLines } from "./cli-output.ts";
import { isLoopback } from "./engine/hosts.ts";
import type { TestServerOptions } from "./options.ts";
import { createTestServer } from "./server.ts";
import type { TestServer } from "./test-server.ts";

try {
  const options = readArguments(process.argv.slice(2));
  if (options.help) process.stdout.write(helpText);
  else await start(options);
} catch (error) {
  process.stderr.write(`infisical-test-server: ${messageOf(error)}\n`);
  process.exitCode = 1;
}

/** Starts a server and stops it on Ctrl-C or SIGTERM. */
async function start(given: CliArguments): Promise<void> {
  const { port, host, allowedHosts, ui, json, env, envFile, quiet, seed } = given;
  const seeded = await readSeed(seed);
  const server = seededServer(seed, {
    ...seeded,
    log: false,
    onRequest: (request) => {
      if (!quiet && !json && !env) process.stderr.write(requestLine(request));
    },
  });
  const { siteUrl } = await server.listen({ port, host, allowedHosts, ui });
  const uiUrl = ui ? `${siteUrl}/` : undefined;
  if (!isLoopback(host)) {
    process.stderr.write(
      `warning: ${host} is reachable from other machines, and this server protects nothing\n`,
    );
  }
  const variables = variableLines(server, siteUrl, seeded);
  if (envFile !== undefined) {
    await writeFile(envFile, variables, { mode: 0o600 }).catch(async (error: unknown) => {
      await server.close();
      throw new Error(`--write-env: cannot write ${envFile}: ${messageOf(error)}`);
    });
  }
  if (env) process.stdout.write(variables);
  else process.stdout.write((json ? jsonLine : banner)(server, siteUrl, uiUrl));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void server.close());
}

function seededServer(seedFile: string | undefined, options: TestServerOptions): TestServer {
  try {
    return createTestServer(options);
  } catch (error) {
    throw new Error(`the seed ${seedFile}: ${messageOf(error)}`);
  }
}
