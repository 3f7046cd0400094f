import type { TestServerOptions } from "../options.ts";
import type { LoggedRequest } from "../request-log.ts";
import { createTestServer } from "../server.ts";
import type { TestServer } from "../test-server.ts";
import { isLoopback } from "../transport/allowed-hosts.ts";
import { type CliArguments, helpText, readArguments } from "./arguments.ts";
import { banner, jsonLine, requestLine } from "./banner.ts";
import { messageOf, readSeed } from "./read-seed.ts";

/** Runs the command: starts a server and stops it on Ctrl-C or SIGTERM. */
export async function runCli(values: readonly string[]): Promise<void> {
  try {
    const options = readArguments(values);
    if (options.help) process.stdout.write(helpText);
    else await start(options);
  } catch (error) {
    process.stderr.write(`infisical-test-server: ${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}

async function start(options: CliArguments): Promise<void> {
  const seed = await readSeed(options.seed);
  const logged = !options.quiet && !options.json;
  const server = seededServer(options.seed, {
    ...seed,
    log: false,
    onRequest: (request: LoggedRequest) => {
      if (logged) process.stderr.write(requestLine(request));
    },
  });
  const { port, host, allowedHosts } = options;
  const { siteUrl } = await server.listen({ port, host, allowedHosts });
  if (!isLoopback(options.host)) {
    process.stderr.write(
      `warning: ${options.host} is reachable from other machines, and this server protects nothing\n`,
    );
  }
  process.stdout.write(options.json ? jsonLine(server, siteUrl) : banner(server, siteUrl));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void server.close();
    });
  }
}

function seededServer(seedFile: string | undefined, options: TestServerOptions): TestServer {
  try {
    return createTestServer(options);
  } catch (error) {
    throw new Error(`the seed ${seedFile}: ${messageOf(error)}`);
  }
}
