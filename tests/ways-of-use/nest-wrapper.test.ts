import { InfisicalSDK, type InfisicalSDKOptions, universalAuth } from "@infisical/sdk";
import { createTestServer } from "@infisical/test-server";
import { type DynamicModule, Inject, Injectable, Module, type OnModuleDestroy } from "@nestjs/common";
import { Test } from "@nestjs/testing";
import { expect, test } from "vitest";
import "reflect-metadata";

const optionsToken = Symbol("options");

/** A wrapper as teams write it who do not use `@infisical/nestjs`: it logs in once and remembers what it has read. */
class SecretsService implements OnModuleDestroy {
  readonly #client: InfisicalSDK;
  readonly #known = new Map<string, Promise<string>>();

  constructor(
    options: InfisicalSDKOptions,
    readonly place: { readonly projectId: string; readonly environment: string },
  ) {
    this.#client = new InfisicalSDK(options);
  }

  get(secretName: string): Promise<string> {
    const known = this.#known.get(secretName);
    if (known) return known;
    const reading = this.#client
      .secrets()
      .getSecret({ ...this.place, secretName })
      .then(({ secretValue }) => secretValue);
    reading.catch(() => this.#known.delete(secretName));
    this.#known.set(secretName, reading);
    return reading;
  }

  onModuleDestroy(): Promise<void> {
    return this.#client.close();
  }
}
Injectable()(SecretsService);
Inject(optionsToken)(SecretsService, undefined, 0);
Inject("place")(SecretsService, undefined, 1);

class SecretsModule {}
Module({})(SecretsModule);

function secretsModule(options: InfisicalSDKOptions, place: SecretsService["place"]): DynamicModule {
  return {
    module: SecretsModule,
    providers: [
      SecretsService,
      { provide: optionsToken, useValue: options },
      { provide: "place", useValue: place },
    ],
    exports: [SecretsService],
  };
}

test("a Nest service wraps the SDK, reads each secret once, and closes it with the application", async () => {
  const server = createTestServer();
  server.secrets.set({ environment: "dev", key: "API_KEY", value: "of the service" });
  const options = { transport: server.transport, auth: universalAuth(server.credentials()) };
  const place = { projectId: server.projectId(), environment: "dev" };
  const application = await Test.createTestingModule({
    imports: [secretsModule(options, place)],
  }).compile();
  await application.init();
  const service = application.get(SecretsService);
  expect(await Promise.all([service.get("API_KEY"), service.get("API_KEY")])).toEqual([
    "of the service",
    "of the service",
  ]);
  expect(server.requests.filter(({ path }) => path.endsWith("/API_KEY"))).toHaveLength(1);
  await expect(service.get("NONE")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await application.close();
  await expect(service.get("OTHER")).rejects.toMatchObject({ code: "CLIENT_CLOSED" });
});
