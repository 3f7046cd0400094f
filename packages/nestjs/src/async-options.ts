import { fieldsOf, optionError } from "@infisical/core/authoring";
import type { FactoryProvider, NestClass, NestValue } from "./nest-types.ts";
import { extrasRules, type InfisicalModuleExtras, type InfisicalModuleOptions } from "./options.ts";

/** What a class for `useClass` or `useExisting` must have. */
export interface InfisicalOptionsFactory {
  /** Returns the options of the client. */
  createInfisicalOptions(): InfisicalModuleOptions | Promise<InfisicalModuleOptions>;
}

/**
 * Options that exist only once others have been injected: exactly one of `useFactory`, `useClass` and `useExisting`.
 *
 * @example
 * import { type InfisicalModuleOptions, InfisicalModule, type InfisicalOptionsFactory } from "@infisical/nestjs";
 * import { environmentAuth } from "@infisical/sdk";
 * class Settings implements InfisicalOptionsFactory {
 *   createInfisicalOptions(): InfisicalModuleOptions {
 *     return { auth: environmentAuth() };
 *   }
 * }
 * const ofItsOwn = InfisicalModule.forRootAsync({ useClass: Settings });
 * const fromElsewhere = InfisicalModule.forRootAsync({ imports: [class SettingsModule {}], useExisting: Settings });
 */
export interface InfisicalModuleAsyncOptions extends InfisicalModuleExtras {
  /**
   * The modules whose exports are injected.
   *
   * @defaultValue none
   */
  readonly imports?: NestValue[] | undefined;
  /**
   * What `useFactory` is called with, by tokens.
   *
   * @defaultValue nothing
   */
  readonly inject?: NestValue[] | undefined;
  /** A function that returns the options, or a promise of them. */
  readonly useFactory?:
    | ((...dependencies: NestValue[]) => InfisicalModuleOptions | Promise<InfisicalModuleOptions>)
    | undefined;
  /** A class that returns the options. Nest creates it for this module alone. */
  readonly useClass?: NestClass<InfisicalOptionsFactory> | undefined;
  /** The token of a provider that returns the options, from one of `imports`, or global. */
  readonly useExisting?: NestValue | undefined;
}

/** Where options come from, once Nest can inject. */
export interface OptionsSource {
  readonly extras: InfisicalModuleExtras;
  readonly imports: NestValue[];
  /** What must be provided for it besides the client. */
  readonly providers: NestValue[];
  readonly inject: NestValue[];
  /** What returns the options, for errors. */
  readonly label: string;
  /** Gets the options, with what was injected. */
  readonly get: FactoryProvider["useFactory"];
}

const parse = fieldsOf({
  ...extrasRules,
  "imports?": requireArray,
  "inject?": requireArray,
  "useFactory?": requireFunction,
  "useClass?": requireFunction,
  "useExisting?": requireToken,
});

/**
 * Checks the options of `forRootAsync`.
 *
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown or breaks its rule, or there is not exactly one source.
 */
export function parseAsyncOptions(options: unknown): OptionsSource {
  const parsed = parse("", options) as InfisicalModuleAsyncOptions;
  const { name, isGlobal, imports = [], inject, useFactory, useClass, useExisting } = parsed;
  const given = ["useFactory", "useClass", "useExisting"].filter((source) => source in parsed);
  if (given.length !== 1) {
    const got = given.length === 0 ? "none of them is given" : `${given.join(" and ")} are given`;
    throw optionError("options", `must have one of useFactory, useClass and useExisting, but ${got}`);
  }
  const common = { extras: { name, isGlobal }, imports };
  if (useFactory) {
    return { ...common, providers: [], inject: inject ?? [], label: "useFactory", get: useFactory };
  }
  if (inject !== undefined) throw optionError("inject", "must be left out without useFactory");
  const factory = (useClass ?? useExisting) as NestClass<InfisicalOptionsFactory>;
  const source = useClass ? "useClass" : "useExisting";
  return {
    ...common,
    providers: useClass ? [useClass] : [],
    inject: [factory],
    label: `createInfisicalOptions of ${source}`,
    get: (instance: unknown) => optionsOf(source, instance),
  };
}

function optionsOf(source: string, instance: unknown): unknown {
  const { createInfisicalOptions } = Object(instance) as Partial<InfisicalOptionsFactory>;
  if (typeof createInfisicalOptions === "function") return createInfisicalOptions.call(instance);
  throw optionError(source, "must lead to an object with the method createInfisicalOptions()");
}

function requireArray(option: string, value: unknown): unknown {
  if (Array.isArray(value)) return [...value];
  throw optionError(option, "must be an array", value);
}

function requireFunction(option: string, value: unknown): unknown {
  if (typeof value === "function") return value;
  throw optionError(option, option === "useClass" ? "must be a class" : "must be a function", value);
}

function requireToken(option: string, value: unknown): unknown {
  if (["function", "string", "symbol"].includes(typeof value)) return value;
  throw optionError(option, "must be the token of a provider", value);
}
