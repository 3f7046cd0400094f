import { InfisicalSDK } from "@infisical/sdk";
import { HealthCheckService, HealthIndicatorService, TerminusModule } from "@nestjs/terminus";
import { expect, test } from "vitest";
import { strategyFor, withResolvers } from "#test-kit";
import { infisicalHealth } from "../src/index.ts";
import { loginsOf, startModule, startServer } from "./start-module.ts";

test("a client that reaches its server is up; it logs in once, and reads no secret", async () => {
  const { options, server } = await startServer();
  const client = new InfisicalSDK(options);
  expect(await infisicalHealth(client)).toEqual({ infisical: { status: "up" } });
  expect(await infisicalHealth(client, { key: "secrets" })).toEqual({ secrets: { status: "up" } });
  expect(loginsOf(server)).toBe(1);
  expect(server.requests.filter(({ path }) => path.includes("secrets"))).toEqual([]);
});

test("a client is down with a code, and no more", async () => {
  const { options, server, siteUrl } = await startServer();
  const down = (code: string) => ({ infisical: { status: "down", code } });
  const wrong = new InfisicalSDK({ ...options, auth: strategyFor(server, { clientSecret: "wrong-secret" }) });
  expect(await infisicalHealth(wrong)).toEqual(down("AUTH_FAILED"));
  const closed = new InfisicalSDK(options);
  await closed.close();
  expect(await infisicalHealth(closed)).toEqual(down("CLIENT_CLOSED"));
  const { promise: never } = withResolvers<never>();
  expect(await infisicalHealth({ request: () => never }, { timeout: 1 })).toEqual(down("TIMEOUT"));
  const odd = { request: () => Promise.reject(new Error(`at ${siteUrl}`)) };
  expect(await infisicalHealth(odd)).toEqual(down("UNKNOWN"));
  await server.close();
  const alone = new InfisicalSDK({ ...options, retry: { limit: 0 } });
  expect(await infisicalHealth(alone)).toEqual(down("UNREACHABLE"));
});

test("it says what terminus's own indicators say, and terminus reports it", async () => {
  const { options } = await startServer();
  const application = await startModule({ imports: [TerminusModule.forRoot({ logger: false })] });
  const own = application.get(HealthIndicatorService).check("infisical");
  const client = new InfisicalSDK(options);
  expect(await infisicalHealth(client)).toEqual(own.up());
  const health = application.get(HealthCheckService);
  expect(await health.check([() => infisicalHealth(client)])).toMatchObject({
    status: "ok",
    details: { infisical: { status: "up" } },
  });
  await client.close();
  expect(await infisicalHealth(client)).toEqual(own.down({ code: "CLIENT_CLOSED" }));
  await expect(health.check([() => infisicalHealth(client)])).rejects.toMatchObject({
    response: { status: "error", error: { infisical: { status: "down", code: "CLIENT_CLOSED" } } },
  });
});
