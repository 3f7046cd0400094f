import "reflect-metadata";
import { InfisicalSDK, universalAuth } from "@infisical/sdk";
import type { TestServer } from "@infisical/test-server";
import { Test, type TestingModule, type TestingModuleBuilder } from "@nestjs/testing";
import { onTestFinished } from "vitest";
import { start } from "#test-kit";
import type { NestValue } from "../src/index.ts";

const database = {
  client: "postgres",
  host: "database.internal",
  port: 5432,
  database: "orders",
  username: "infisical",
  password: "of-the-user-who-makes-users",
  creationStatement: "CREATE ROLE {{username}} LOGIN PASSWORD '{{password}}'",
  revocationStatement: "DROP ROLE {{username}}",
  renewStatement: "",
};

/** The secrets of the server's project. */
export const secrets = { API_KEY: "the-key-of-the-shop", PORT: "8080" };

/** Starts a server with secrets and a dynamic secret, and gives the options of a client that logs in to it. */
export async function startServer() {
  const { server, siteUrl, projectId, location, connect } = await start({
    server: {
      projects: [
        {
          name: "Shop",
          slug: "shop",
          environments: [{ name: "Development", slug: "dev" }],
          secrets: { dev: { "/": secrets } },
          dynamicSecrets: { dev: { "/": { orders: { type: "sql-database", inputs: database } } } },
        },
      ],
    },
  });
  const options = { siteUrl, auth: universalAuth(server.credentials()), clock: server.clock };
  return { server, siteUrl, projectId, location, connect, options };
}

/** How often somebody has logged in. */
export function loginsOf(server: TestServer): number {
  return server.requests.filter(({ path }) => path.endsWith("/login")).length;
}

/** What a module consists of. */
export interface ModuleParts {
  readonly imports?: NestValue[];
  readonly providers?: NestValue[];
}

/** Starts an application in memory, which is closed when the test ends. */
export async function startModule(
  parts: ModuleParts,
  change: (builder: TestingModuleBuilder) => TestingModuleBuilder = (builder) => builder,
): Promise<TestingModule> {
  const application = await change(Test.createTestingModule(parts)).compile();
  await application.init();
  onTestFinished(() => application.close());
  return application;
}

/** A service whose constructor has a parameter of the type `InfisicalSDK`, as compilers describe it. */
export class TypedService {
  constructor(readonly infisical: InfisicalSDK) {}
}
Reflect.defineMetadata("design:paramtypes", [InfisicalSDK], TypedService);
