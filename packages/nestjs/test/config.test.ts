import { InfisicalSDK } from "@infisical/sdk";
import { ConfigModule, ConfigService, registerAs } from "@nestjs/config";
import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod-4";
import { InfisicalModule, infisicalConfig } from "../src/index.ts";
import { loginsOf, secrets, startModule, startServer, TypedService } from "./start-module.ts";

afterEach(() => vi.unstubAllEnvs());

type Load = NonNullable<NonNullable<Parameters<typeof ConfigModule.forRoot>[0]>["load"]>[number];

/** Starts an application whose configuration is loaded by these factories. */
function startWith(...load: readonly Load[]) {
  return startModule({ imports: [ConfigModule.forRoot({ load: [...load], ignoreEnvFile: true })] });
}

test("ConfigService gets the secrets, and existing variables count before them", async () => {
  vi.stubEnv("PORT", "9090");
  const { options, projectId } = await startServer();
  const client = new InfisicalSDK(options);
  const place = { client, projectId, environment: "dev" };
  const config = (await startWith(infisicalConfig(place))).get(ConfigService);
  expect([config.get("API_KEY"), config.get("PORT")]).toEqual([secrets.API_KEY, "9090"]);
  const other = (await startWith(infisicalConfig({ ...place, override: true }))).get(ConfigService);
  expect(other.get("PORT")).toBe("8080");
  expect(process.env["API_KEY"]).toBeUndefined();
});

test("names that steer the process are skipped, as loadEnv does", async () => {
  const { server, options, projectId } = await startServer();
  server.secrets.set({ environment: "dev", key: "NODE_OPTIONS", value: "--inspect=0.0.0.0" });
  const client = new InfisicalSDK(options);
  const load = infisicalConfig({ client, projectId, environment: "dev" });
  expect(Object.keys(await load()).sort()).toEqual(["API_KEY", "PORT"]);
});

test("a schema gives values their types, in a namespace too", async () => {
  const { options, projectId } = await startServer();
  const place = { client: new InfisicalSDK(options), projectId, environment: "dev" };
  const schema = { PORT: z.coerce.number(), LOG_LEVEL: z.string().default("info") };
  const shop = registerAs("shop", infisicalConfig(place, schema));
  const application = await startWith(infisicalConfig(place, schema), shop);
  const config = application.get(ConfigService);
  expect([config.get("PORT"), config.get("LOG_LEVEL")]).toEqual([8080, "info"]);
  expect(config.get("shop.PORT")).toBe(8080);
  expect(application.get(shop.KEY)).toEqual({ PORT: 8080, LOG_LEVEL: "info" });
});

test("what does not match the schema fails the start by name, never with the value", async () => {
  const { options, projectId } = await startServer();
  const place = { client: new InfisicalSDK(options), projectId, environment: "dev" };
  const schema = z.object({ API_KEY: z.email(), MISSING: z.string() });
  const failure = await startWith(infisicalConfig(place, schema)).catch((error: Error) => error);
  expect(failure).toMatchObject({
    code: "INVALID_ENV",
    message:
      "The variables do not match the schema: API_KEY is not valid (expected email); MISSING is missing.",
  });
});

test("without a client, the environment says who logs in and where, and its client ends at once", async () => {
  const { server, siteUrl, projectId } = await startServer();
  const { clientId, clientSecret } = server.credentials();
  vi.stubEnv("INFISICAL_SITE_URL", siteUrl);
  vi.stubEnv("INFISICAL_PROJECT_ID", projectId);
  vi.stubEnv("INFISICAL_ENVIRONMENT", "dev");
  vi.stubEnv("INFISICAL_UNIVERSAL_AUTH_CLIENT_ID", clientId);
  vi.stubEnv("INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET", clientSecret);
  const load = infisicalConfig();
  expect(server.requests).toEqual([]);
  expect((await startWith(load)).get(ConfigService).get("API_KEY")).toBe(secrets.API_KEY);
});

test("one client serves configuration and services, with one login", async () => {
  const { options, server, projectId } = await startServer();
  const client = new InfisicalSDK(options);
  const load = [infisicalConfig({ client, projectId, environment: "dev" })];
  const application = await startModule({
    imports: [InfisicalModule.forRoot({ client }), ConfigModule.forRoot({ load, ignoreEnvFile: true })],
    providers: [TypedService],
  });
  expect(application.get(ConfigService).get("API_KEY")).toBe(secrets.API_KEY);
  expect(application.get(TypedService).infisical).toBe(client);
  await client.projects().get({ projectId });
  expect(loginsOf(server)).toBe(1);
});

test("the client's options can come from ConfigService", async () => {
  const { options } = await startServer();
  const imports = [
    ConfigModule.forRoot({ load: [() => ({ address: options.siteUrl })], ignoreEnvFile: true }),
  ];
  const useFactory = (config: ConfigService) => ({ ...options, siteUrl: config.getOrThrow("address") });
  const application = await startModule({
    imports: [InfisicalModule.forRootAsync({ imports, inject: [ConfigService], useFactory })],
  });
  expect(application.get(InfisicalSDK)).toBeInstanceOf(InfisicalSDK);
});
