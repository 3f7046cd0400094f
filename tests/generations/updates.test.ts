import { cache } from "@infisical/cache";
import { InfisicalSDK } from "@infisical/sdk";
import { describe, expect, test } from "vitest";
import { generations } from "#test-kit";
import { connect, location } from "./connect.ts";

describe.each(generations)("an update without a value, on a server of %s", (generation) => {
  test("of one secret returns an empty value, or is refused", async () => {
    const { server, sdk } = await connect(generation);
    const isOlder = generation === "october-2024";
    // Older servers were asked in a batch only, whose rule is the same.
    const { response } = server.recording(
      isOlder ? "417-batch-update-no-value" : "044-v4-update-comment-only",
    );
    server.nextResponse(response);
    const outcome: unknown = await sdk
      .secrets()
      .updateSecret("KEY", { ...location, secretComment: "only" })
      .catch((error: unknown) => error);
    if (isOlder) expect(outcome).toMatchObject({ code: "VALIDATION_FAILED" });
    else expect(outcome).toMatchObject({ secret: { secretValue: "", secretComment: "only" } });
  });

  test("of a batch returns the stored value, or is refused", async () => {
    const { server, sdk } = await connect(generation);
    server.next("417-batch-update-no-value");
    const secrets = [{ secretKey: "B1", secretComment: "x" }];
    const outcome: unknown = await sdk
      .secrets()
      .updateSecrets({ ...location, secrets })
      .catch((error: unknown) => error);
    if (generation === "october-2024") expect(outcome).toMatchObject({ code: "VALIDATION_FAILED" });
    else expect(outcome).toMatchObject({ secrets: [{ secretKey: "B1", secretValue: "x" }] });
  });

  test("leaves no empty value in a cache", async () => {
    const { server, clock } = await connect(generation);
    const reads = cache({ ttl: "1h", staleIfError: "1h", clock });
    const sdk = new InfisicalSDK({ siteUrl: server.siteUrl, clock, middleware: [reads] });
    const api = sdk.auth().accessToken("a-token").secrets();
    const get = async () => (await api.getSecret({ ...location, secretName: "PLAIN" })).secretValue;
    server.next("234-get-ok");
    const value = await get();
    expect(value).not.toBe("");
    const updated = generation === "july-2026" ? "044-v4-update-comment-only" : "256-update-value";
    server.nextResponse(server.recording(updated).response);
    await api.updateSecret("PLAIN", { ...location, secretValue: "v", secretComment: "only" });
    server.next("234-get-ok");
    expect(await get()).toBe(value);
    expect(reads.stats()).toMatchObject({ hits: 0, requests: 2 });
  });
});
