import { type AuthStrategy, InfisicalSDKError, isInfisicalError } from "@infisical/core";
import { optionError, rewordRequestError } from "@infisical/core/authoring";
import { type Choice, chooseOne } from "./choose.ts";
import { listSkipped } from "./nothing-fits.ts";
import { type EnvironmentAuthOptions, parseOptions } from "./options.ts";
import { isOfProcess, type Place, placeOf } from "./place.ts";

/** A choice that was made, and its strategy. */
interface Chosen {
  readonly choice: Choice & { readonly chosen: NonNullable<Choice["chosen"]> };
  readonly strategy: AuthStrategy;
}

/**
 * Logs in with what the environment provides: a token, a client secret, or the platform on which the program runs.
 *
 * The first login decides, by variables and files alone, and loads the package of the method that it chooses. Later logins
 * use the same method, until one fails: the next one decides again. A failure is never a reason to try another method.
 *
 * @param options - The method and the variables; checked here. By default, the order decides by the process's variables.
 * @returns A strategy for the client's `auth` option, or for `auth().login()`. Its name contains the method from the first
 * login on, such as `environment (kubernetes-auth)`. A login fails with `INVALID_OPTION` if variables contradict each
 * other, and with `NOT_AUTHENTICATED` if there is nothing to choose.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is malformed.
 *
 * @example
 * import { environmentAuth } from "@infisical/auth-env";
 * import { createClient } from "@infisical/core";
 * const client = createClient({ auth: environmentAuth() });
 */
export function environmentAuth(options: EnvironmentAuthOptions = {}): AuthStrategy {
  const { method, environment } = parseOptions("", options);
  let chosen: Chosen | undefined;
  let name = "environment";
  return {
    get name() {
      return name;
    },
    async login(context) {
      if (!chosen) {
        const place = placeOf(environment);
        const choice = await chooseOne(place, method);
        name = `environment (${choice.chosen.method})`;
        chosen = { choice, strategy: await withChoice(choice, () => create(choice, place)) };
      }
      const { choice, strategy } = chosen;
      try {
        return await withChoice(choice, () => strategy.login(context));
      } catch (error) {
        // What was wrong can be corrected in the environment.
        chosen = undefined;
        throw error;
      }
    },
  };
}

function create({ chosen }: Chosen["choice"], place: Place): Promise<AuthStrategy> {
  const { readInProcess = [], create } = chosen;
  const other = readInProcess.find((variable) => !isOfProcess(place, [variable]));
  if (other === undefined) return create();
  throw optionError(
    "environment",
    `must have the same ${other} as the process, where the package of ${chosen.method} reads it`,
  );
}

/** Adds to every error what was chosen, and why. */
async function withChoice<Result>(
  { chosen, skipped }: Chosen["choice"],
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isInfisicalError(error)) throw error;
    const others = skipped.length === 0 ? "" : ` Skipped: ${listSkipped(skipped)}.`;
    const reword = (text: string): string =>
      `${text.replace(/\.?$/, ".")} Chose ${chosen.method}, because ${chosen.because}.${others}`;
    if (error.name === "InfisicalSDKRequestError") throw rewordRequestError(error, reword);
    throw new InfisicalSDKError(reword(error.message), { code: error.code, cause: error.cause });
  }
}
