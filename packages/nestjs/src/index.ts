export type { InfisicalModuleAsyncOptions, InfisicalOptionsFactory } from "./async-options.ts";
export { type InfisicalConfigOptions, infisicalConfig } from "./config.ts";
export { type InfisicalHealth, type InfisicalHealthOptions, infisicalHealth } from "./health.ts";
export { InfisicalModule } from "./infisical-module.ts";
export type { NestClass, NestModule, NestValue } from "./nest-types.ts";
export type { InfisicalClient, InfisicalModuleExtras, InfisicalModuleOptions } from "./options.ts";
export { getInfisicalToken, InjectInfisical } from "./tokens.ts";
