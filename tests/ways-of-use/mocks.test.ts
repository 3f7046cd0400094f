import { InfisicalSDK, type Secret, type SecretsApi } from "@infisical/sdk";
import { createTestServer } from "@infisical/test-server";
import { beforeEach, expect, test, vi } from "vitest";

const getSecret = vi.fn<SecretsApi["getSecret"]>();

/** As applications that do not want to know how the SDK works mock it. */
vi.mock("@infisical/sdk", async (original) => ({
  ...(await original<typeof import("@infisical/sdk")>()),
  InfisicalSDK: class {
    auth = () => ({ universalAuth: { login: async () => this } });
    secrets = () => ({ getSecret });
  },
}));

beforeEach(() => void getSecret.mockReset());

/** The code under test. */
async function readKey(secrets: Pick<SecretsApi, "getSecret">): Promise<string> {
  const options = { projectId: "p", environment: "dev", secretName: "API_KEY" };
  return (await secrets.getSecret(options)).secretValue;
}

/** A whole secret, so that what the types promise is there. */
async function exampleSecret(secretValue: string): Promise<Secret> {
  const { InfisicalSDK: Actual, universalAuth } =
    await vi.importActual<typeof import("@infisical/sdk")>("@infisical/sdk");
  const server = createTestServer();
  server.secrets.set({ environment: "dev", key: "API_KEY", value: secretValue });
  const client = new Actual({ transport: server.transport, auth: universalAuth(server.credentials()) });
  return client.secrets().getSecret({
    projectId: server.projectId(),
    environment: "dev",
    secretName: "API_KEY",
  });
}

test("vi.mock replaces the class, and the code under test gets what the mock returns", async () => {
  getSecret.mockResolvedValue(await exampleSecret("mocked"));
  const client = new InfisicalSDK();
  await client.auth().universalAuth.login({ clientId: "id", clientSecret: "secret" });
  expect(await readKey(client.secrets())).toBe("mocked");
  expect(getSecret).toHaveBeenCalledWith({ projectId: "p", environment: "dev", secretName: "API_KEY" });
});

test("an object with some of the methods has their types", async () => {
  const secret = await exampleSecret("typed");
  const mock = { getSecret: async ({ secretName }) => ({ ...secret, secretKey: secretName }) } satisfies Pick<
    SecretsApi,
    "getSecret"
  >;
  expect(await readKey(mock)).toBe("typed");
});

test("an object typed as the whole API has all methods, whose generics a mock can ignore", async () => {
  const notMocked = async (): Promise<never> => {
    throw new Error("not mocked");
  };
  const mock: SecretsApi = {
    getSecret: vi.fn(() => exampleSecret("whole")),
    getValues: async ({ secretNames }) => Object.fromEntries(secretNames.map((name) => [name, "v"])) as never,
    getSecrets: notMocked,
    listSecrets: notMocked,
    listSecretsIfChanged: notMocked,
    listSecretsWithImports: notMocked,
    listSecretVersions: notMocked,
    createSecret: notMocked,
    createSecrets: notMocked,
    updateSecret: notMocked,
    updateSecrets: notMocked,
    deleteSecret: notMocked,
    deleteSecrets: notMocked,
    move: notMocked,
  };
  expect(await readKey(mock)).toBe("whole");
  const values = await mock.getValues({ projectId: "p", environment: "dev", secretNames: ["A"] });
  expect(values.A).toBe("v");
});

test("a method of a real client can be spied on", async () => {
  const { InfisicalSDK: Actual } = await vi.importActual<typeof import("@infisical/sdk")>("@infisical/sdk");
  const client = new Actual();
  const secret = await exampleSecret("spied");
  const spy = vi.spyOn(client.secrets(), "getSecret").mockResolvedValue(secret);
  expect(await readKey(client.secrets())).toBe("spied");
  expect(spy).toHaveBeenCalledOnce();
});
