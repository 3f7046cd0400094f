import { parseArgs } from "node:util";

/** The parsed command line. */
export interface CliArguments {
  readonly port: number;
  readonly host: string;
  readonly allowedHosts: readonly string[];
  readonly seed: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly help: boolean;
}

/** The default port: that of a self-hosted Infisical plus 10,000. */
export const defaultPort = 18_080;

/** What `--help` prints. */
export const helpText: string = `infisical-test-server - an Infisical-compatible server in memory, for tests

It stores nothing on disk and protects nothing: never give it real secrets.

Usage: infisical-test-server [options]

  --port N           port to listen on, 0 for any free one (default: ${defaultPort})
  --host HOST        address to listen on (default: 127.0.0.1)
  --allow-host NAME  a further name by which clients reach it, such as a container's;
                     can be repeated
  --seed FILE        JSON file with the projects and identities to start with
  --json             print one line of JSON and nothing else
  --quiet            do not print requests
  --help, -h         print this

Ctrl-C stops it. A wrong flag, seed or port is reported in one line, with exit code 1.
`;

/**
 * Reads the command line.
 *
 * @throws Error with a one-line message.
 */
export function readArguments(values: readonly string[]): CliArguments {
  const { values: flags } = parseArgs({
    args: [...values],
    strict: true,
    allowPositionals: false,
    options: {
      port: { type: "string", default: String(defaultPort) },
      host: { type: "string", default: "127.0.0.1" },
      "allow-host": { type: "string", multiple: true, default: [] },
      seed: { type: "string" },
      json: { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { port = "", host = "", seed, json = false, quiet = false, help = false } = flags;
  if (host === "") throw new Error("--host must be an address");
  const allowedHosts = flags["allow-host"] ?? [];
  return { port: portNumber(port), host, allowedHosts, seed, json, quiet, help };
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new Error(`--port must be a number from 0 to 65535, got "${text}"`);
  }
  return port;
}
