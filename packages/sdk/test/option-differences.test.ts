import { createTestServer } from "@infisical/test-server";
import { beforeEach, describe, expect, test } from "vitest";
import { InfisicalSDK, tokenAuth, universalAuth } from "../src/index.ts";

let server: ReturnType<typeof createTestServer>;
let client: InfisicalSDK;
let place: { projectId: string; environment: string };

beforeEach(() => {
  server = createTestServer();
  client = new InfisicalSDK({ transport: server.transport, auth: universalAuth(server.credentials()) });
  place = { projectId: server.projectId(), environment: "dev" };
});

describe("differences from the official SDK in what options can be", () => {
  test("metadata values that are not strings are accepted, and dropped", async () => {
    const given = {
      metadata: { team: "core", level: 2, gone: null, hosts: { a: [1] } },
      secretMetadata: [
        { owner: "ops", since: null, ports: [1, 2] },
        { key: "k", value: "v" },
      ],
    };
    await client.secrets().createSecret("NEW", { ...place, ...given, secretValue: "v" });
    expect(server.requests.at(-1)?.body).toMatchObject({
      metadata: { team: "core", level: "2", hosts: '{"a":[1]}' },
      secretMetadata: [
        { key: "owner", value: "ops" },
        { key: "ports", value: "[1,2]" },
        { key: "k", value: "v" },
      ],
    });
  });

  test("an empty secretPath is sent", async () => {
    const call = client.secrets().listSecrets({ ...place, secretPath: "" });
    await expect(call).rejects.toThrow('secretPath must be a non-empty string, got "".');
  });

  test("the provider of a dynamic secret is sent unchecked", async () => {
    const create = (provider: object) =>
      client.dynamicSecrets().create({
        ...{ projectSlug: "test-project", environmentSlug: "dev", name: "cache", defaultTTL: "1h" },
        provider: provider as never,
      });
    for (const provider of [{ type: "redis" }, { inputs: {} }, { type: "redis", inputs: {}, input: {} }])
      await expect(create(provider)).rejects.toThrow(/^provider\..* (?:must be|is not an option)/);
  });

  test("unknown arguments of the constructor are ignored", () => {
    expect(() => new InfisicalSDK({ siteurl: "https://a.example" } as never)).toThrow(
      "did you mean siteUrl?",
    );
    expect(() => new InfisicalSDK({ siteUrl: "" })).not.toThrow();
  });

  test("there is no close()", async () => {
    const close = client.close({ revoketoken: true } as never);
    await expect(close).rejects.toThrow("revoketoken is not an option; did you mean revokeToken?");
    await client.close({ revokeToken: true });
  });

  test("there is no tokenAuth(), only auth().accessToken()", () => {
    expect(() => tokenAuth({ token: "a-token", tokne: 1 } as never)).toThrow("tokne is not an option");
    expect(() => tokenAuth({ token: "a-token" })).not.toThrow();
  });
});
