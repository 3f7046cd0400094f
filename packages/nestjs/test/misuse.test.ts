import { InfisicalSDK, universalAuth } from "@infisical/sdk";
import { Module } from "@nestjs/common";
import { describe, expect, test } from "vitest";
import {
  getInfisicalToken,
  InfisicalModule,
  InjectInfisical,
  infisicalConfig,
  infisicalHealth,
} from "../src/index.ts";
import { startModule } from "./start-module.ts";

const auth = universalAuth({ clientId: "an-id", clientSecret: "the-secret-of-nobody" });
const client = new InfisicalSDK({ auth });
const forRoot = (options: unknown) => () => InfisicalModule.forRoot(options as never);
const forRootAsync = (options: unknown) => () => InfisicalModule.forRootAsync(options as never);
const useFactory = () => ({ auth });

describe("what is wrong is told where it is written", () => {
  test.each<[string, () => unknown, RegExp]>([
    ["no options", forRoot(undefined), /^auth must say how to log in, such as universalAuth\(/],
    ["no login", forRoot({ siteUrl: "https://eu.infisical.com" }), /^auth must say how to log in/],
    ["a login that is none", forRoot({ auth: "token" }), /^auth must be/],
    ["no address", forRoot({ auth, siteUrl: "ftp://server" }), /^siteUrl must .* got "ftp:\/\/server"/],
    [
      "a misspelt option",
      forRoot({ auth, isglobal: true }),
      /^isglobal is not an option; did you mean isGlobal\?/,
    ],
    ["a name without letters", forRoot({ auth, name: " " }), /^name must be a non-empty string, got " "/],
    ["a flag that is a text", forRoot({ auth, revokeToken: "yes" }), /^revokeToken must be/],
    [
      "a time without a unit",
      forRoot({ auth, shutdownTimeout: "soon" }),
      /^shutdownTimeout must be .* got "soon"/,
    ],
    ["no time at all", forRoot({ auth, shutdownTimeout: 0 }), /^shutdownTimeout must be greater than 0/],
    ["plugins that are none", forRoot({ auth, plugins: {} }), /^plugins must be an array/],
    [
      "a client and an address",
      forRoot({ client, siteUrl: "https://eu.infisical.com" }),
      /^siteUrl must be left out if client is given/,
    ],
    [
      "a client that comes later",
      forRoot({ client: Promise.resolve(client) }),
      /^client must be .*forRootAsync waits/,
    ],
    ["a client that is none", forRoot({ client: "the-client" }), /^client must be an InfisicalSDK/],
    [
      "an end and none",
      forRoot({ client, keepOpen: true, revokeToken: true }),
      /^revokeToken must be left out if keepOpen is true/,
    ],
    [
      "no source",
      forRootAsync({}),
      /^options must have one of useFactory, useClass and useExisting, but none of them is given/,
    ],
    [
      "two sources",
      forRootAsync({ useFactory, useClass: class {} }),
      /but useFactory and useClass are given/,
    ],
    ["options instead of a source", forRootAsync({ auth }), /^auth is not an option/],
    [
      "a source that is none",
      forRootAsync({ useFactory: { auth } }),
      /^useFactory must be a function, got an object/,
    ],
    [
      "a class that is none",
      forRootAsync({ useClass: "Settings" }),
      /^useClass must be a class, got "Settings"/,
    ],
    [
      "a token that is none",
      forRootAsync({ useExisting: {} }),
      /^useExisting must be the token of a provider, got an object/,
    ],
    [
      "imports that are not a list",
      forRootAsync({ useFactory, imports: class {} }),
      /^imports must be an array, got a function/,
    ],
    [
      "something injected into a class",
      forRootAsync({ useClass: class {}, inject: [] }),
      /^inject must be left out without useFactory/,
    ],
    ["a name that is none, injected", () => InjectInfisical(""), /^name must be a non-empty string/],
    [
      "a token of something else",
      () => getInfisicalToken(InfisicalSDK as never),
      /^name must be a non-empty string, got a function/,
    ],
    [
      "a misspelt place",
      () => infisicalConfig({ projectID: "p" } as never),
      /^projectID is not an option; did you mean projectId\?/,
    ],
    ["a place that is a text", () => infisicalConfig("dev" as never), /^options must be an object/],
    [
      "a schema in the place",
      () => infisicalConfig({ schema: {} } as never),
      /^schema must be the second argument/,
    ],
    [
      "a schema that is none",
      () => infisicalConfig({}, "string" as never),
      /^schema must be a schema of a library/,
    ],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", message: expect.stringMatching(message) }),
    );
    expect(call).not.toThrow(/the-secret-of-nobody/);
  });

  test.each([undefined, null, "a client", {}])("a health check of %o", async (nobody) => {
    await expect(infisicalHealth(nobody as never)).rejects.toThrow(/^client must be an InfisicalSDK/);
  });
});

describe("what comes later is told when the application starts", () => {
  const factory = (returned: unknown) =>
    InfisicalModule.forRootAsync({ useFactory: () => returned as never });

  test.each<[string, unknown, RegExp]>([
    ["nothing", undefined, /^useFactory must return the options of the client, but it returned undefined\.$/],
    ["a promise of nothing", Promise.resolve(null), /^useFactory must return .* but it returned null\.$/],
    ["no login", {}, /^auth must say how to log in/],
    ["a client instead of options", client, /is not an option|auth must say/],
    ["a name, too late", { auth, name: "late" }, /^name must be next to useFactory in forRootAsync/],
    ["a wrong option", { auth, timeout: -1 }, /^timeout must be/],
  ])("a factory that returns %s", async (_, returned, message) => {
    await expect(startModule({ imports: [factory(returned)] })).rejects.toMatchObject({
      code: "INVALID_OPTION",
      message: expect.stringMatching(message),
    });
  });

  test("a class without the method, and one whose method returns nothing", async () => {
    class Without {}
    class Returning {
      createInfisicalOptions() {}
    }
    const start = (useClass: unknown) =>
      startModule({ imports: [InfisicalModule.forRootAsync({ useClass: useClass as never })] });
    await expect(start(Without)).rejects.toThrow(
      "useClass must lead to an object with the method createInfisicalOptions().",
    );
    await expect(start(Returning)).rejects.toThrow(
      "createInfisicalOptions of useClass must return the options of the client, but it returned undefined.",
    );
  });

  test("two clients with one name, and two without one", async () => {
    const twice = (name?: string) =>
      startModule({
        imports: [InfisicalModule.forRoot({ auth, name }), InfisicalModule.forRoot({ auth, name })],
      });
    await expect(twice("billing")).rejects.toThrow(
      'name must differ in each InfisicalModule of an application; to use one client everywhere, import it once, with isGlobal: true, got "billing".',
    );
    await expect(twice()).rejects.toThrow(/isGlobal: true\. 2 have none\.$/);
  });

  test("a name that no module has: Nest's error shows what is missing", async () => {
    class Service {}
    InjectInfisical("biling")(Service, undefined as never, 0);
    class AppModule {}
    const imports = [InfisicalModule.forRoot({ auth, name: "billing" })];
    Module({ imports, providers: [Service] })(AppModule);
    await expect(startModule({ imports: [AppModule] })).rejects.toThrow(
      /Service \(\?\).*argument "InfisicalModule\.forRoot\(\{ name: "biling" \}\)" at index \[0\] is available in the AppModule/s,
    );
  });
});
