import { createClient, definePlugin } from "@infisical/core";
import { InfisicalSDK } from "@infisical/sdk";
import { Module } from "@nestjs/common";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  getInfisicalToken,
  InfisicalModule,
  type InfisicalModuleOptions,
  InjectInfisical,
} from "../src/index.ts";
import { loginsOf, startModule, startServer, TypedService } from "./start-module.ts";

const apiKey = (infisical: InfisicalSDK, projectId: string) =>
  infisical.secrets().getSecret({ projectId, environment: "dev", secretName: "API_KEY" });

test("a service gets the client by its type, and the client reads secrets", async () => {
  const { options, projectId } = await startServer();
  const application = await startModule({
    imports: [InfisicalModule.forRoot(options)],
    providers: [TypedService],
  });
  const { infisical } = application.get(TypedService);
  expect(infisical).toBeInstanceOf(InfisicalSDK);
  expect((await apiKey(infisical, projectId)).secretKey).toBe("API_KEY");
});

test("clients with names and the one without are told apart, in constructors and in properties", async () => {
  const { options } = await startServer();
  class Service {
    declare readonly audit: InfisicalSDK;
    constructor(
      readonly main: InfisicalSDK,
      readonly billing: InfisicalSDK,
    ) {}
  }
  InjectInfisical()(Service, undefined as never, 0);
  InjectInfisical("billing")(Service, undefined as never, 1);
  InjectInfisical("audit")(Service.prototype, "audit");
  const imports = [
    InfisicalModule.forRoot(options),
    InfisicalModule.forRoot({ ...options, name: "billing" }),
    InfisicalModule.forRootAsync({ name: "audit", useFactory: () => options }),
  ];
  const application = await startModule({ imports, providers: [Service] });
  const { main, billing, audit } = application.get(Service);
  expect(new Set([main, billing, audit]).size).toBe(3);
  expect(application.get(getInfisicalToken())).toBe(main);
  expect(application.get(getInfisicalToken("billing"))).toBe(billing);
});

test("with isGlobal, modules that do not import it get the client; without, they do not", async () => {
  const { options } = await startServer();
  class Feature {}
  Module({ providers: [TypedService], exports: [TypedService] })(Feature);
  const application = await startModule({
    imports: [InfisicalModule.forRoot({ ...options, isGlobal: true }), Feature],
  });
  expect(application.get(TypedService).infisical).toBeInstanceOf(InfisicalSDK);
  const imports = [InfisicalModule.forRoot(options), Feature];
  await expect(startModule({ imports })).rejects.toThrow(/TypedService.*InfisicalSDK at index \[0\]/s);
});

test("options come from a function with what is injected, from a class, and from a provider", async () => {
  const { options } = await startServer();
  class Settings {
    createInfisicalOptions(): Promise<InfisicalModuleOptions> {
      return Promise.resolve(options);
    }
  }
  class SettingsModule {}
  Module({ providers: [Settings], exports: [Settings] })(SettingsModule);
  const inject = [Settings, { token: "what nobody provides", optional: true }];
  const useFactory = async (settings: Settings, nothing: unknown) => {
    expect(nothing).toBeUndefined();
    return settings.createInfisicalOptions();
  };
  const imports = [SettingsModule];
  const modules = [
    InfisicalModule.forRootAsync({ imports, inject, useFactory }),
    InfisicalModule.forRootAsync({ name: "by class", useClass: Settings }),
    InfisicalModule.forRootAsync({ name: "by provider", imports, useExisting: Settings }),
  ];
  const application = await startModule({ imports: modules });
  for (const name of [undefined, "by class", "by provider"]) {
    expect(application.get(getInfisicalToken(name))).toBeInstanceOf(InfisicalSDK);
  }
});

test("a client of createClient is provided as it is", async () => {
  const { connect, server } = await startServer();
  const status = definePlugin("status", ({ http }) => ({
    get: () => http.request<{ message: string }>({ method: "GET", path: "/api/status" }),
  }));
  const client = connect({ plugins: [status] });
  const application = await startModule({ imports: [InfisicalModule.forRoot({ client })] });
  expect(application.get(getInfisicalToken())).toBe(client);
  expect((await client.status().get()).message).toBe("Ok");
  expect(loginsOf(server)).toBe(1);
});

test("a test puts another client in the place of one, and its options are never asked for", async () => {
  const mock = { secrets: () => "a mock", close: () => expect.unreachable("closed by the module") };
  const useFactory = () => expect.unreachable("asked for options");
  const application = await startModule(
    { imports: [InfisicalModule.forRootAsync({ useFactory })], providers: [TypedService] },
    (builder) => builder.overrideProvider(InfisicalSDK).useValue(mock),
  );
  expect(application.get(TypedService).infisical).toBe(mock);
  await application.close();
});

test("applications that share a module have clients of their own", async () => {
  const { options, projectId } = await startServer();
  const parts = { imports: [InfisicalModule.forRoot(options)], providers: [TypedService] };
  const [one, other] = [await startModule(parts), await startModule(parts)];
  await one.close();
  const { infisical } = other.get(TypedService);
  expect((await apiKey(infisical, projectId)).secretKey).toBe("API_KEY");
  await expect(apiKey(one.get(TypedService).infisical, projectId)).rejects.toMatchObject({
    code: "CLIENT_CLOSED",
  });
});

test("options are checked by the client that is used: a warning about the address comes once", async () => {
  const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  onTestFinished(() => warn.mockRestore());
  const { options } = await startServer();
  const given = { ...options, siteUrl: "http://infisical.internal" };
  const application = await startModule({ imports: [InfisicalModule.forRoot(given)] });
  expect(application.get(InfisicalSDK)).toBeInstanceOf(InfisicalSDK);
  expect(warn).toHaveBeenCalledTimes(1);
});

test("one module imported in two places is one client", async () => {
  const { options } = await startServer();
  const shared = InfisicalModule.forRoot(options);
  class Feature {}
  Module({ imports: [shared], providers: [TypedService], exports: [TypedService] })(Feature);
  const application = await startModule({ imports: [shared, Feature] });
  expect(application.get(TypedService).infisical).toBe(application.get(InfisicalSDK));
});

test("nothing is sent when an application starts, and none of its parts prints a credential", async () => {
  const { options, server } = await startServer();
  const client = createClient({ siteUrl: options.siteUrl, auth: options.auth });
  const application = await startModule({
    imports: [InfisicalModule.forRoot(options), InfisicalModule.forRoot({ client, name: "own" })],
  });
  expect(server.requests).toEqual([]);
  const { inspect } = await import("node:util");
  const printed = inspect(application, { depth: 6, showHidden: true });
  expect(printed.length).toBeGreaterThan(1_000);
  expect(printed).not.toContain(server.credentials().clientSecret);
});
