import type { AuthStrategy } from "../contracts/auth-strategy.ts";
import { isInfisicalError } from "../errors/errors.ts";
import { assert, type ContractCase, copyOf, isSame, rejectionOf, shows, textOf } from "./contract-case.ts";
import { sideEffectsOf } from "./side-effects.ts";
import { loginCases } from "./strategy-login.ts";
import { contextAnswering, echoingRefusal, logins } from "./under-test.ts";

/** What the contract of auth strategies needs to know about a strategy. */
export interface AuthStrategyContractOptions<Options> {
  /** Builds the strategy, e.g. `universalAuth`. */
  readonly create: (options: Options) => AuthStrategy;
  /** Creates valid options, new ones at every call. */
  readonly options: () => Options | Promise<Options>;
  /** Texts among those options that must appear nowhere: not in an error, not in an address. */
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
  /** The name of the wrong option, which the error must name. */
  readonly option: string;
  /** All the options. */
  readonly options: unknown;
}

/**
 * What every auth strategy promises, as a list of cases for any test runner.
 *
 * Run the cases one after the other: some of them watch the timers and the `fetch` of the whole process.
 * Nothing is sent anywhere; a fake server answers the login.
 *
 * @param contract - How to build the strategy, and what must stay secret.
 * @returns The cases, each with a name and a function that rejects if the promise is broken.
 *
 * @example
 * import { test } from "node:test";
 * import { type AuthStrategy } from "@infisical/core";
 * import { optionError } from "@infisical/core/authoring";
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
        assert(typeof name === "string" && name !== "", "The strategy has no name.");
        assert(typeof login === "function", "The strategy has no function login.");
      },
    },
    {
      name: "building a strategy starts nothing",
      run: async () => {
        const given = await options();
        const { started } = await sideEffectsOf(() => ({ strategy: create(given) }));
        assert(started.length === 0, `Building the strategy starts ${started.join(" and ")}.`);
      },
    },
    {
      name: "a strategy does not change its options",
      run: async () => {
        const given = await options();
        const before = copyOf(given);
        const strategy = create(given);
        await strategy.login(contextAnswering(logins()).context);
        assert(isSame(given, before), "The strategy changes the options that it was given.");
      },
    },
  ];
}

function discretion<Options>(
  { credentials }: AuthStrategyContractOptions<Options>,
  build: () => Promise<AuthStrategy>,
): readonly ContractCase[] {
  const hides = (value: unknown, what: string): void =>
    assert(!shows(value, credentials), `${what} shows a credential.`);
  return [
    {
      name: "no credential shows in a strategy or in what it throws",
      run: async () => {
        const strategy = await build();
        hides(strategy, "The strategy itself");
        for (const status of [400, 401, 422, 500]) {
          const { context } = contextAnswering((request) =>
            echoingRefusal(status, "UnauthorizedError", request),
          );
          hides(
            await rejectionOf(() => strategy.login(context), "A refused login does not fail."),
            "An error",
          );
        }
      },
    },
    {
      name: "no credential appears in an address",
      run: async () => {
        const { context, server } = contextAnswering(logins());
        await (await build()).login(context);
        for (const { url } of server.requests)
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
      const error = await rejectionOf(() => create(options as Options), "Wrong options are accepted.");
      assert(
        isInfisicalError(error) && error.code === "INVALID_OPTION" && error.message.startsWith(option),
        `Wrong options throw "${textOf(error)}" instead of an INVALID_OPTION that begins with ${option}.`,
      );
      assert(!shows(error, credentials), "The error shows a credential.");
    },
  }));
}
