import type { InfisicalSDK } from "@infisical/sdk";
import { type DynamicModule, Module } from "@nestjs/common";
import { ConfigModule, type ConfigType, registerAs } from "@nestjs/config";
import type { HealthIndicatorFunction } from "@nestjs/terminus";
import { expectTypeOf, test } from "vitest";
import { z } from "zod-4";
import {
  InfisicalModule,
  type InfisicalOptionsFactory,
  infisicalConfig,
  infisicalHealth,
} from "../src/index.ts";
import type { DynamicModule as DynamicModule11 } from "./nest-11/node_modules/@nestjs/common/index.js";
import type { HealthIndicatorFunction as Indicator11 } from "./nest-11/node_modules/@nestjs/terminus/dist/index.js";

declare const client: InfisicalSDK;

test("a module is one of Nest 12 and of Nest 11", () => {
  const made = InfisicalModule.forRoot({ client });
  expectTypeOf(made).toExtend<DynamicModule>();
  expectTypeOf(made).toExtend<DynamicModule11>();
  Module({ imports: [made, InfisicalModule.forRootAsync({ useFactory: async () => ({ client }) })] });
});

test("a class of options has the method", () => {
  class Settings implements InfisicalOptionsFactory {
    constructor(readonly name: string) {}
    createInfisicalOptions = () => ({ client });
  }
  InfisicalModule.forRootAsync({ useClass: Settings });
  class Other {
    createOptions() {}
  }
  // @ts-expect-error: it has another method.
  InfisicalModule.forRootAsync({ useClass: Other });
});

test("configuration has the types of its schema", () => {
  const load = infisicalConfig({}, { PORT: z.coerce.number() });
  expectTypeOf(load).returns.resolves.toEqualTypeOf<{ readonly PORT: number }>();
  expectTypeOf(infisicalConfig()).returns.resolves.toEqualTypeOf<Readonly<Record<string, string>>>();
  ConfigModule.forRoot({ load: [load] });
  const shop = registerAs("shop", load);
  expectTypeOf<ConfigType<typeof shop>["PORT"]>().toEqualTypeOf<number>();
});

test("a health check is an indicator of terminus 12 and 11", () => {
  const check = () => infisicalHealth(client);
  expectTypeOf(check).toExtend<HealthIndicatorFunction>();
  expectTypeOf(check).toExtend<Indicator11>();
});
