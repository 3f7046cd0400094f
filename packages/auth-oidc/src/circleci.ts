import { InfisicalSDKError, type TokenSource, type TokenSourceContext } from "@infisical/core";
import { readVariable } from "@infisical/core/authoring";
import { tokenUnavailable } from "@infisical/core/logins";
import { parseAudience } from "./environment.ts";
import { parseJwt, parseVariable, refused } from "./read-token.ts";
import { runCommand } from "./run-command.ts";

/** What the token of a CircleCI job is issued for. */
export interface CircleciOptions {
  /**
   * The audience of the token, its claim `aud`. The job's `circleci` command is run to get such a token.
   *
   * @defaultValue CircleCI's own: the id of the organization
   */
  readonly audience?: string | undefined;
}

/** The one with the newer subject comes first. */
const variables = ["CIRCLE_OIDC_TOKEN_V2", "CIRCLE_OIDC_TOKEN"] as const;

const command = "circleci run oidc get";

/** How long the command may take, in milliseconds: less than a login, 10 s by default. */
const timeLimit = 8000;

/**
 * Gets the OpenID Connect token of a CircleCI job: from `CIRCLE_OIDC_TOKEN_V2`, else `CIRCLE_OIDC_TOKEN`, or if an
 * audience is given, from the command `circleci run oidc get`, which needs Node, Bun or Deno.
 *
 * It applies if one of the variables, or with an audience `CIRCLECI`, is set. The token lives an hour; that of a variable
 * cannot be renewed. Jobs of forks get the fork's token.
 *
 * @param options - The audience, the organization's id by default; checked here.
 * @returns A token source, for the option `token` of `oidcAuth` or `jwtAuth`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown or malformed.
 *
 * @example
 * import { oidcAuth } from "@infisical/auth-oidc";
 * import { circleci } from "@infisical/auth-oidc/circleci";
 * const auth = oidcAuth({ identityId: "id", token: circleci({ audience: "https://infisical.example.com" }) });
 */
export function circleci(options?: CircleciOptions): TokenSource {
  const { audience } = parseAudience(options);
  return async (context) => (audience === undefined ? tokenOfJob(context) : tokenFor(audience, context));
}

function tokenOfJob(context: TokenSourceContext): string {
  for (const name of variables) {
    const value = readVariable(name);
    if (value !== undefined) {
      return parseVariable(value, name, context, "With the option audience, each login gets a new token.");
    }
  }
  throw tokenUnavailable(`Neither ${variables.join(" nor ")} is set. ${whereTokensAre()}`);
}

async function tokenFor(audience: string, context: TokenSourceContext): Promise<string> {
  if (readVariable("CIRCLECI") === undefined)
    throw tokenUnavailable(`CIRCLECI is not set. ${whereTokensAre()}`);
  const [program = "", ...subcommand] = command.split(" ");
  const claims = JSON.stringify({ aud: audience });
  const result = await runCommand(program, [...subcommand, "--claims", claims], timeLimit, context.signal);
  if ("output" in result) {
    context.justIssued?.();
    return parseJwt(result.output, `The output of \`${command}\``);
  }
  switch (result.reason) {
    case "NO_PROCESSES":
      throw tokenUnavailable(`This platform cannot run \`${command}\`, which an audience of your own needs.`);
    case "ENOENT":
      throw tokenUnavailable(
        "The command circleci is not on the PATH, which an audience of your own needs: run the program in the job itself, " +
          "not in a container that the job starts, or leave audience out.",
      );
    case "TIMEOUT":
      throw new InfisicalSDKError(`\`${command}\` did not end within ${timeLimit} ms.`, { code: "TIMEOUT" });
    default:
      throw refused(
        `\`${command}\` failed (${result.reason}). Old versions of the command do not have it: update the machine runner ` +
          "or the container agent, or leave audience out. Run it in a step of the job to see its own message.",
      );
  }
}

function whereTokensAre(): string {
  return readVariable("CIRCLECI") === undefined
    ? "This does not look like a job of CircleCI."
    : "Every job of CircleCI has a token, but not a container that the job starts: pass the variable on.";
}
