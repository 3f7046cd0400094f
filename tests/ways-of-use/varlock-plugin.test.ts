import { InfisicalSDK, isInfisicalError, universalAuth } from "@infisical/sdk";
import { createTestServer, type TestServer } from "@infisical/test-server";
import { expect, test } from "vitest";

/** What a plugin of a schema for variables, such as varlock's, registers: functions that a schema calls by name. */
interface PluginHost {
  registerRootDecorator(decorator: {
    readonly name: string;
    readonly execute: (settings: Readonly<Record<string, string>>) => void;
  }): void;
  registerResolverFunction(resolver: {
    readonly name: string;
    readonly resolve: (args: readonly string[]) => Promise<string | Record<string, string>>;
  }): void;
}

/** An error with a hint, which the host shows. */
class ResolutionError extends Error {
  readonly tip: string;
  constructor(message: string, tip: string) {
    super(message);
    this.tip = tip;
  }
}

/** Registers `@initInfisical(...)`, `infisical(NAME)` and `infisicalBulk(PATH)`. */
function register(host: PluginHost, transport: TestServer["transport"]): void {
  const instances = new Map<
    string,
    { client: InfisicalSDK; place: { projectId: string; environment: string } }
  >();
  const instanceOf = (id: string) => {
    const instance = instances.get(id);
    if (!instance) throw new ResolutionError(`No instance ${id}`, "Add @initInfisical(...) to the schema.");
    return instance;
  };
  const explained = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      if (!isInfisicalError(error)) throw error;
      const tips: Partial<Record<typeof error.code, string>> = {
        NOT_FOUND: "Check the secret's name, its path and the environment.",
        AUTH_FAILED: "Check the client id and the client secret.",
      };
      throw new ResolutionError(error.message, tips[error.code] ?? error.code);
    }
  };

  host.registerRootDecorator({
    name: "initInfisical",
    execute({ id = "_default", projectId = "", environment = "", clientId = "", clientSecret = "" }) {
      const client = new InfisicalSDK({ transport, auth: universalAuth({ clientId, clientSecret }) });
      instances.set(id, { client, place: { projectId, environment } });
    },
  });
  host.registerResolverFunction({
    name: "infisical",
    async resolve([secretName = "", secretPath = "/"]) {
      const { client, place } = instanceOf("_default");
      const options = { ...place, secretName, secretPath };
      return (await explained(client.secrets().getSecret(options))).secretValue;
    },
  });
  host.registerResolverFunction({
    name: "infisicalBulk",
    async resolve([secretPath = "/"]) {
      const { client, place } = instanceOf("_default");
      const options = { ...place, secretPath, recursive: true };
      const secrets = await explained(client.secrets().listSecretsWithImports(options));
      return Object.fromEntries(secrets.map(({ secretKey, secretValue }) => [secretKey, secretValue]));
    },
  });
}

function startHost() {
  const server = createTestServer();
  server.secrets.set({ environment: "dev", key: "API_KEY", value: "one" });
  server.secrets.set({ environment: "dev", path: "/app", key: "LEVEL", value: "info" });
  const functions = new Map<string, (args: readonly string[]) => Promise<unknown>>();
  const decorators = new Map<string, (settings: Readonly<Record<string, string>>) => void>();
  register(
    {
      registerRootDecorator: ({ name, execute }) => void decorators.set(name, execute),
      registerResolverFunction: ({ name, resolve }) => void functions.set(name, resolve),
    },
    server.transport,
  );
  const init = (changes: Readonly<Record<string, string>> = {}) =>
    decorators.get("initInfisical")?.({
      projectId: server.projectId(),
      environment: "dev",
      ...server.credentials(),
      ...changes,
    });
  const call = async (name: string, ...args: string[]) => functions.get(name)?.(args);
  return { server, init, call };
}

test("a plugin resolves one variable, and all of a folder and those below it, with one login", async () => {
  const { server, init, call } = startHost();
  init();
  const [key, all] = await Promise.all([call("infisical", "API_KEY"), call("infisicalBulk")]);
  expect(key).toBe("one");
  expect(all).toEqual({ API_KEY: "one", LEVEL: "info" });
  expect(await call("infisical", "LEVEL", "/app")).toBe("info");
  expect(server.requests.filter(({ path }) => path.endsWith("/login"))).toHaveLength(1);
});

test("a plugin turns codes into hints, and its errors have no credential", async () => {
  const { init, call } = startHost();
  init();
  await expect(call("infisical", "NONE")).rejects.toMatchObject({
    tip: expect.stringMatching(/^Check the secret/),
  });
  init({ clientSecret: "not-the-client-secret" });
  const failure = await call("infisical", "API_KEY").catch((error: unknown) => error);
  expect(failure).toMatchObject({ tip: expect.stringMatching(/^Check the client id/) });
  expect(String(failure)).not.toContain("not-the-client-secret");
});
