import {
  type AuthStrategy,
  type ClientOptions,
  InfisicalSDK,
  isInfisicalError,
  type SecretsApi,
  universalAuth,
} from "@infisical/sdk";
import { createTestServer } from "@infisical/test-server";
import { expect, expectTypeOf, test } from "vitest";

/** What an application knows about secrets, whoever keeps them. */
interface SecretsProvider {
  get(name: string): Promise<string | undefined>;
  getAll(): Promise<Readonly<Record<string, string>>>;
  set(name: string, value: string): Promise<void>;
  close(): Promise<void>;
}

type Place = Pick<Parameters<SecretsApi["listSecrets"]>[0], "projectId" | "environment" | "secretPath">;

class InfisicalProvider implements SecretsProvider {
  readonly #sdk: InfisicalSDK;
  readonly #place: Place;

  constructor(
    place: Place,
    options: Pick<ClientOptions, "siteUrl" | "transport"> & { readonly auth: AuthStrategy },
  ) {
    this.#sdk = new InfisicalSDK(options);
    this.#place = place;
  }

  async get(name: string): Promise<string | undefined> {
    try {
      return (await this.#sdk.secrets().getSecret({ ...this.#place, secretName: name })).secretValue;
    } catch (error) {
      if (isInfisicalError(error) && error.code === "NOT_FOUND") return undefined;
      throw error;
    }
  }

  async getAll(): Promise<Readonly<Record<string, string>>> {
    const all = await this.#sdk.secrets().listSecretsWithImports(this.#place);
    return Object.fromEntries(all.map(({ secretKey, secretValue }) => [secretKey, secretValue]));
  }

  async set(name: string, value: string): Promise<void> {
    const secrets = this.#sdk.secrets();
    const options = { ...this.#place, secretValue: value };
    const exists = (await this.get(name)) !== undefined;
    await (exists ? secrets.updateSecret(name, options) : secrets.createSecret(name, options));
  }

  close(): Promise<void> {
    return this.#sdk.close();
  }
}

function startProvider(): SecretsProvider {
  const server = createTestServer();
  server.secrets.set({ environment: "dev", key: "API_KEY", value: "one" });
  const place = { projectId: server.projectId(), environment: "dev" };
  const auth = universalAuth(server.credentials());
  return new InfisicalProvider(place, { transport: server.transport, auth });
}

test("an application hides the SDK behind an interface of its own", async () => {
  const provider = startProvider();
  expect(await provider.get("API_KEY")).toBe("one");
  expect(await provider.get("NONE")).toBeUndefined();
  await provider.set("API_KEY", "two");
  await provider.set("NEW", "three");
  expect(await provider.getAll()).toEqual({ API_KEY: "two", NEW: "three" });
  await provider.close();
  await expect(provider.get("API_KEY")).rejects.toMatchObject({ code: "CLIENT_CLOSED" });
});

test("the options of a call and what it returns have names that an adapter can use", () => {
  expectTypeOf<Place>().toExtend<{ readonly projectId: string; readonly environment: string }>();
  expectTypeOf<Awaited<ReturnType<SecretsApi["getSecret"]>>["secretValue"]>().toEqualTypeOf<string>();
});
