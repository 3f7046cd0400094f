import { optionError } from "@infisical/core/authoring";
import { Module } from "@nestjs/common";
import { ModulesContainer } from "@nestjs/core";
import { type InfisicalModuleAsyncOptions, type OptionsSource, parseAsyncOptions } from "./async-options.ts";
import { ClientShutdown } from "./client-shutdown.ts";
import type { FactoryProvider, NestModule, NestValue } from "./nest-types.ts";
import {
  type CheckedModuleOptions,
  type InfisicalModuleExtras,
  type InfisicalModuleOptions,
  parseFactoryOptions,
  parseModuleOptions,
} from "./options.ts";
import { getInfisicalToken } from "./tokens.ts";

/**
 * Provides a client to a Nest application, and closes it when the application shuts down.
 *
 * @example
 * import { InfisicalModule } from "@infisical/nestjs";
 * import { environmentAuth } from "@infisical/sdk";
 * const imports = [InfisicalModule.forRoot({ auth: environmentAuth(), isGlobal: true })];
 */
// biome-ignore lint/complexity/noStaticOnlyClass: the modules of Nest are classes.
export class InfisicalModule {
  /**
   * Provides a client with these options. Each application that imports the module gets a client of its own, unless one is given.
   *
   * @param options - The options of the client, its name, and how it ends; see {@link InfisicalModuleOptions}.
   * @returns The module, for `imports`.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is missing, unknown, or breaks its rule.
   *
   * @example
   * import { InfisicalModule } from "@infisical/nestjs";
   * import { universalAuth } from "@infisical/sdk";
   * const auth = universalAuth({ clientId: "an-id", clientSecret: "a-secret" });
   * const imports = [InfisicalModule.forRoot({ auth, name: "billing", revokeToken: true })];
   */
  static forRoot(options: InfisicalModuleOptions & InfisicalModuleExtras): NestModule {
    const { extras, checked } = parseModuleOptions(options);
    return build({ extras, imports: [], providers: [], inject: [], create: async () => checked });
  }

  /**
   * Provides a client whose options are injected, or come later.
   *
   * @param options - What returns the options; see {@link InfisicalModuleAsyncOptions}.
   * @returns The module, for `imports`. What breaks a rule among the options that come later fails the start of the
   * application with `INVALID_OPTION`.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown or breaks its rule, or there is not exactly one source.
   *
   * @example
   * import { InfisicalModule } from "@infisical/nestjs";
   * import { universalAuth } from "@infisical/sdk";
   * const useFactory = async () => ({ auth: universalAuth({ clientId: "an-id", clientSecret: "a-secret" }) });
   * const imports = [InfisicalModule.forRootAsync({ useFactory, isGlobal: true })];
   */
  static forRootAsync(options: InfisicalModuleAsyncOptions): NestModule {
    const { label, get, ...source } = parseAsyncOptions(options);
    return build({
      ...source,
      create: async (...dependencies) => parseFactoryOptions(label, await get(...dependencies)),
    });
  }
}

Module({})(InfisicalModule);

interface Parts extends Pick<OptionsSource, "extras" | "imports" | "providers" | "inject"> {
  readonly create: (...dependencies: NestValue[]) => Promise<CheckedModuleOptions>;
}

function build({ extras, imports, providers, inject, create }: Parts): NestModule {
  const { name, isGlobal = false } = extras;
  const token = getInfisicalToken(name);
  // Not a class: each module has one of its own, also where one module imports another.
  const shutdownToken = Symbol("the shutdown of InfisicalModule");
  const shutdown: FactoryProvider = {
    provide: shutdownToken,
    inject: [],
    useFactory: () => new ClientShutdown(name),
  };
  const client: FactoryProvider = {
    provide: token,
    inject: [ModulesContainer, shutdownToken, ...inject],
    useFactory: async (modules: ModulesContainer, ends: ClientShutdown, ...dependencies: NestValue[]) => {
      assertOneOf(token, name, modules);
      const options = await create(...dependencies);
      const created = options.getClient();
      ends.closes(created, options);
      return created;
    },
  };
  return {
    module: InfisicalModule,
    global: isGlobal,
    imports,
    providers: [...providers, shutdown, client],
    exports: [token],
  };
}

/** Nest would inject one of several, depending on who imports which first. */
function assertOneOf(token: unknown, name: string | undefined, modules: ModulesContainer): void {
  const same = [...modules.values()].filter(
    ({ metatype, providers }) => metatype === InfisicalModule && providers.has(token as string),
  );
  if (same.length < 2) return;
  const rule =
    "must differ in each InfisicalModule of an application; to use one client everywhere, import it once, with isGlobal: true";
  throw name === undefined
    ? optionError("name", `${rule}. ${same.length} have none`)
    : optionError("name", rule, name);
}
