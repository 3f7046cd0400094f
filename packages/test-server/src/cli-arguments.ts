import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { TestServerOptions } from "./options.ts";
import { pageObstacle } from "./ui/page-place.ts";

/** The parsed command line. */
export type CliArguments = ReturnType<typeof readArguments>;

/** That of a self-hosted Infisical plus 10,000. */
const defaultPort = "18080";

export const helpText = `infisical-test-server - an Infisical-compatible server in memory, for tests

It stores nothing on disk and protects nothing: never give it real secrets.

Usage: infisical-test-server [options]

  --port N           port to listen on, 0 for any free one (default: ${defaultPort})
  --host HOST        address to listen on (default: 127.0.0.1)
  --allow-host NAME  a further name by which clients reach it, such as a container's;
                     can be repeated
  --ui               serve a page for a browser at /, on the loopback interface only
  --seed FILE        JSON file with the projects and identities to start with
  --json             print one line of JSON and nothing else
  --env              print the variables that clients read, such as INFISICAL_SITE_URL=...,
                     and nothing else
  --write-env FILE   write them into a file, for node --env-file=FILE; it is replaced
  --quiet            do not print requests
  --help, -h         print this

Ctrl-C stops it. A wrong flag, seed or port is reported in one line, with exit code 1.
`;

/** Reads the command line. Throws an error with a message of one line. */
export function readArguments(values: readonly string[]) {
  const { values: flags } = parseArgs({
    args: [...values],
    strict: true,
    allowPositionals: false,
    options: {
      port: { type: "string", default: defaultPort },
      host: { type: "string", default: "127.0.0.1" },
      "allow-host": { type: "string", multiple: true, default: [] },
      ui: { type: "boolean", default: false },
      seed: { type: "string" },
      json: { type: "boolean", default: false },
      env: { type: "boolean", default: false },
      "write-env": { type: "string" },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { port: portText, "allow-host": allowedHosts, "write-env": envFile, ...others } = flags;
  if (others.env && others.json) throw new Error("--env and --json exclude each other");
  if (envFile === "") throw new Error("--write-env must be a file");
  if (others.host === "") throw new Error("--host must be an address");
  const port = Number(portText);
  if (!/^\d+$/.test(portText) || port > 65_535) {
    throw new Error(`--port must be a number from 0 to 65535, got "${portText}"`);
  }
  const obstacle = others.ui ? pageObstacle(others.host, allowedHosts) : undefined;
  if (obstacle) {
    const { option, value, rule, reason } = obstacle;
    const flag = { host: "--host", allowedHosts: "--allow-host" }[option];
    throw new Error(`--ui: ${flag} ${rule}, got "${value}": ${reason}`);
  }
  return { ...others, port, allowedHosts, envFile };
}

/** The options that a seed file can set. The other options are code. */
const seedFields = ["projects", "identities", "secretValidationRules", "clock", "eventStream", "rateLimits"];

/** Reads a seed file. The values of its fields are checked when the server is created. */
export async function readSeed(file: string | undefined): Promise<TestServerOptions> {
  if (file === undefined) return {};
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Error(`cannot read the seed ${file}: ${messageOf(error)}`);
  });
  const seed = parse(file, text);
  if (typeof seed !== "object" || seed === null || Array.isArray(seed)) {
    throw new Error(`the seed ${file} must be an object with ${seedFields.join(", ")}`);
  }
  const unknown = Object.keys(seed).find((field) => !seedFields.includes(field));
  if (unknown !== undefined) {
    throw new Error(`the seed ${file}: unknown field "${unknown}"; must be one of ${seedFields.join(", ")}`);
  }
  return seed;
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`the seed ${file} is not JSON: ${messageOf(error)}`);
  }
}

/** The message of anything thrown, on one line. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, " ");
}
