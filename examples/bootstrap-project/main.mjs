import { readFile } from "node:fs/promises";
import { InfisicalSDK, isInfisicalError } from "@infisical/sdk";
import { createTestServer } from "@infisical/test-server";
import { bootstrapProject } from "./bootstrap-project.mjs";
import { DeclarationError } from "./checks.mjs";
import { readDeclaration } from "./declaration.mjs";

/**
 * @typedef {object} Surroundings
 * @property {readonly string[]} argv what follows the program's name
 * @property {Readonly<Record<string, string | undefined>>} variables
 * @property {(line: string) => void} print
 * @property {(line: string) => void} complain
 */

const names = [
  "INFISICAL_SITE_URL",
  "INFISICAL_UNIVERSAL_AUTH_CLIENT_ID",
  "INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET",
];

/** The command cannot do what it was asked to; the message says what to change. */
class UsageError extends Error {}

/**
 * Runs the command.
 *
 * @param {Surroundings} surroundings
 * @returns {Promise<number>} the exit code
 */
export async function main({ argv, variables, print, complain }) {
  try {
    const { file, planOnly } = readArguments(argv);
    if (file === undefined) await demonstrate(variables, print);
    else {
      const declaration = await readFileAsDeclaration(file, variables);
      await bootstrapProject(await connect(variables), declaration, { print, planOnly });
    }
    return 0;
  } catch (error) {
    complain(`bootstrap: ${explain(error)}`);
    return 1;
  }
}

/** @param {readonly string[]} argv */
function readArguments(argv) {
  const files = argv.filter((word) => !word.startsWith("-"));
  const flags = argv.filter((word) => word.startsWith("-"));
  const wrong = flags.find((flag) => flag !== "--plan");
  if (wrong !== undefined || files.length > 1 || (flags.length > 0 && files.length === 0)) {
    throw new UsageError(
      `${wrong ? `${wrong} is unknown` : "one file is expected"}: bootstrap.mjs [FILE [--plan]]`,
    );
  }
  return { file: files[0], planOnly: flags.length > 0 };
}

/**
 * @param {string | URL} file
 * @param {Surroundings["variables"]} variables
 */
async function readFileAsDeclaration(file, variables) {
  const text = await readFile(file, "utf8").catch((error) => {
    throw new UsageError(`${file} cannot be read (${error.code}).`);
  });
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is not JSON.`);
  }
  return readDeclaration(json, variables);
}

/** @param {Surroundings["variables"]} variables */
async function connect(variables) {
  const missing = names.filter((name) => !variables[name]?.trim());
  if (missing.length > 0) throw new UsageError(`${missing.join(", ")} must be set.`);
  const [siteUrl = "", clientId = "", clientSecret = ""] = names.map((name) => variables[name]);
  const client = new InfisicalSDK({ siteUrl });
  return client.auth().universalAuth.login({ clientId, clientSecret });
}

/**
 * Bootstraps the example on a test server of its own, twice.
 *
 * @param {Surroundings["variables"]} variables
 * @param {Surroundings["print"]} print
 */
async function demonstrate(variables, print) {
  const declaration = await readFileAsDeclaration(new URL("project.json", import.meta.url), variables);
  const server = createTestServer();
  const { siteUrl } = await server.listen();
  try {
    const [{ clientId, clientSecret } = {}] = server.identities;
    const client = await connect(
      Object.fromEntries(names.map((name, at) => [name, [siteUrl, clientId, clientSecret][at]])),
    );
    for (const time of ["first", "second"]) {
      print(`The ${time} time, on a test server:`);
      await bootstrapProject(client, declaration, { print });
    }
  } finally {
    await server.close();
  }
}

/** @param {unknown} error */
function explain(error) {
  if (error instanceof UsageError || error instanceof DeclarationError) return error.message;
  if (isInfisicalError(error)) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
