import type { AuthStrategy } from "../auth-strategy.ts";
import { isInfisicalError } from "../errors/is-infisical-error.ts";
import type { ContractCase } from "./contract-case.ts";
import { demand, rejectionOf, textOf } from "./demand.ts";
import { accepts, httpThat } from "./login-context.ts";
import { sideEffectsOf } from "./side-effects.ts";
import { tellTaleRefusal } from "./stand-in.ts";
import { loginCases } from "./strategy-login.ts";
import { copyOf, isSame, shows } from "./values.ts";

/** What the contract of auth strategies needs to know of one. */
export interface AuthStrategyContractOptions<Options> {
  /** Builds the strategy, e.g. `universalAuth`. */
  readonly create: (options: Options) => AuthStrategy;
  /** Makes options that are right, new ones at every call. */
  readonly options: () => Options | Promise<Options>;
  /** Texts among those options that must show nowhere: not in an error, not in an address. */
  readonly credentials: readonly string[];
  /**
   * Options that must be refused when the strategy is built, each with the name of the one that is wrong.
   *
   * @defaultValue none
   */
  readonly refused?: readonly RefusedOptions[] | undefined;
}

/** Options that a strategy must refuse. */
export interface RefusedOptions {
  /** The name of the option that is wrong, which the error must give. */
  readonly option: string;
  /** All the options. */
  readonly options: unknown;
}

/**
 * What every auth strategy promises, as a list of cases that any test runner can run.
 *
 * Run the cases one after the other: some of them watch the timers and the `fetch` of the whole process.
 * Nothing is sent anywhere; a stand-in answers the login.
 *
 * @param contract - How to build the strategy, and what must stay secret.
 * @returns The cases, each with a name and a function that rejects where the promise is broken.
 *
 * @example
 * import { test } from "node:test";
 * import { type AuthStrategy, optionError } from "@infisical/core";
 * import { authStrategyContract } from "@infisical/core/testing";
 *
 * const tokenAuth = ({ token }: { token: string }): AuthStrategy => {
 *   if (!token) throw optionError("token", "must be a non-empty string");
 *   return {
 *     name: "token-auth",
 *     login: ({ http, signal }) =>
 *       http.request({ method: "POST", path: "/api/v1/auth/jwt-auth/login", body: { jwt: token }, signal }),
 *   };
 * };
 * const cases = authStrategyContract({
 *   create: tokenAuth,
 *   options: () => ({ token: "a-secret-token" }),
 *   credentials: ["a-secret-token"],
 *   refused: [{ option: "token", options: { token: "" } }],
 * });
 * for (const { name, run } of cases) test(name, run);
 */
export function authStrategyContract<Options>(
  contract: AuthStrategyContractOptions<Options>,
): readonly ContractCase[] {
  const build = async (): Promise<AuthStrategy> => contract.create(await contract.options());
  return [
    ...construction(contract),
    ...loginCases(build),
    ...discretion(contract, build),
    ...refusals(contract),
  ];
}

function construction<Options>({
  create,
  options,
}: AuthStrategyContractOptions<Options>): readonly ContractCase[] {
  return [
    {
      name: "a strategy has a name and a login",
      run: async () => {
        const { name, login } = create(await options());
        demand(typeof name === "string" && name !== "", "The strategy has no name.");
        demand(typeof login === "function", "The strategy has no function login.");
      },
    },
    {
      name: "building a strategy starts nothing",
      run: async () => {
        const given = await options();
        const { started } = await sideEffectsOf(() => ({ strategy: create(given) }));
        demand(started.length === 0, `Building the strategy starts ${started.join(" and ")}.`);
      },
    },
    {
      name: "a strategy leaves its options as they are",
      run: async () => {
        const given = await options();
        const before = copyOf(given);
        const strategy = create(given);
        await strategy.login({ http: httpThat(accepts()).http });
        demand(isSame(given, before), "The strategy changes the options that it was given.");
      },
    },
  ];
}

function discretion<Options>(
  { credentials }: AuthStrategyContractOptions<Options>,
  build: () => Promise<AuthStrategy>,
): readonly ContractCase[] {
  const hides = (value: unknown, what: string): void =>
    demand(!shows(value, credentials), `${what} shows a credential.`);
  return [
    {
      name: "no credential shows in a strategy or in what it throws",
      run: async () => {
        const strategy = await build();
        hides(strategy, "The strategy itself");
        for (const status of [400, 401, 422, 500]) {
          const { http } = httpThat((request) => tellTaleRefusal(status, "UnauthorizedError", request));
          hides(
            await rejectionOf(() => strategy.login({ http }), "A refused login does not fail."),
            "An error",
          );
        }
      },
    },
    {
      name: "no credential stands in an address",
      run: async () => {
        const { http, standIn } = httpThat(accepts());
        await (await build()).login({ http });
        for (const { url } of standIn.requests)
          hides(decodeURIComponent(url.href), "The address of a request");
      },
    },
  ];
}

function refusals<Options>({
  create,
  credentials,
  refused = [],
}: AuthStrategyContractOptions<Options>): readonly ContractCase[] {
  return refused.map(({ option, options }, index) => ({
    name: `wrong options ${index + 1} are refused when the strategy is built, naming ${option}`,
    run: async () => {
      const error = await rejectionOf(() => create(options as Options), "Wrong options are taken.");
      demand(
        isInfisicalError(error) && error.code === "INVALID_OPTION" && error.message.startsWith(option),
        `Wrong options give "${textOf(error)}" instead of an INVALID_OPTION that begins with ${option}.`,
      );
      demand(!shows(error, credentials), "The error shows a credential.");
    },
  }));
}
