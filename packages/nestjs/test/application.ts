import "reflect-metadata";
import { environmentAuth, InfisicalSDK } from "@infisical/sdk";
import { Controller, Get, Module } from "@nestjs/common";
import { ConfigModule, ConfigService } from "@nestjs/config";
import { NestFactory } from "@nestjs/core";
import { HealthCheckService, TerminusModule } from "@nestjs/terminus";
import { Test } from "@nestjs/testing";
import { z } from "zod-4";
import { InfisicalModule, InjectInfisical, infisicalConfig, infisicalHealth } from "../src/index.ts";

// An application that the tests start as a process. Decorators are called by hand, since the test's compiler keeps them.

/** Calls decorators as a compiler does. */
function decorate(target: object, types: readonly unknown[], ...decorators: readonly ClassDecorator[]): void {
  Reflect.defineMetadata("design:paramtypes", types, target);
  for (const decorator of decorators) decorator(target as never);
}

class ShopController {
  readonly infisical: InfisicalSDK;
  readonly billing: InfisicalSDK;
  readonly config: ConfigService;
  readonly health: HealthCheckService;

  constructor(
    infisical: InfisicalSDK,
    billing: InfisicalSDK,
    config: ConfigService,
    health: HealthCheckService,
  ) {
    [this.infisical, this.billing, this.config, this.health] = [infisical, billing, config, health];
  }

  /** What the application knows, without a value. */
  async summary(): Promise<object> {
    const projectId = this.config.getOrThrow<string>("INFISICAL_PROJECT_ID");
    const place = { projectId, environment: "dev", secretName: "API_KEY" };
    const { secretValue } = await this.infisical.secrets().getSecret(place);
    return {
      port: this.config.get("PORT"),
      isSame: secretValue === this.config.get("API_KEY"),
      hasTwo: this.infisical !== this.billing && this.billing instanceof InfisicalSDK,
    };
  }

  /** Uses a lease until the client closes. */
  lease(): Promise<object> {
    const order = { projectSlug: "shop", environmentSlug: "dev", path: "/", dynamicSecretName: "orders" };
    return new Promise((resolve, reject) => {
      const use = this.billing.dynamicSecrets().leases.use(order, ({ lease, signal }) => {
        resolve({ leaseId: lease.id });
        return new Promise<void>((end) => signal.addEventListener("abort", () => end()));
      });
      use.catch(reject);
    });
  }

  check(): Promise<unknown> {
    return this.health.check([() => infisicalHealth(this.infisical)]);
  }
}

const { prototype } = ShopController;
for (const [name, path] of [
  ["summary", "/"],
  ["lease", "/lease"],
  ["check", "/health"],
] as const) {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
  Get(path)(prototype, name, descriptor);
}
decorate(ShopController, [InfisicalSDK, InfisicalSDK, ConfigService, HealthCheckService], Controller());
InjectInfisical("billing")(ShopController, undefined, 1);

const options = () => ({
  siteUrl: process.env["INFISICAL_SITE_URL"],
  auth: environmentAuth(),
  revokeToken: true,
});

class AppModule {}
decorate(
  AppModule,
  [],
  Module({
    imports: [
      ConfigModule.forRoot({
        isGlobal: true,
        ignoreEnvFile: true,
        load: [infisicalConfig({}, { API_KEY: z.string(), PORT: z.coerce.number() })],
      }),
      InfisicalModule.forRoot(options()),
      InfisicalModule.forRootAsync({ name: "billing", isGlobal: true, useFactory: options }),
      TerminusModule,
    ],
    controllers: [ShopController],
  }),
);

async function main(): Promise<void> {
  const application = await NestFactory.create(AppModule);
  application.enableShutdownHooks();
  await application.listen(0, "127.0.0.1");
  process.stdout.write(`listening on ${await application.getUrl()}\n`);
}

/** What a test of the application does: it puts a client of its own in the place of one. */
async function testIt(): Promise<void> {
  const mock = { secrets: () => ({ getSecret: async () => ({ secretValue: "mocked" }) }) };
  const builder = Test.createTestingModule({ imports: [AppModule] });
  const tested = await builder.overrideProvider(InfisicalSDK).useValue(mock).compile();
  const application = tested.createNestApplication();
  await application.listen(0, "127.0.0.1");
  const answer = await fetch(await application.getUrl());
  process.stdout.write(`answered ${await answer.text()}\n`);
  await application.close();
}

if (process.argv.includes("--test")) testIt();
else main();
