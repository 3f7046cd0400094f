import { expect, test } from "vitest";
import { startKms } from "./start-kms.ts";

test("a call that an older server does not have ends with GATEWAY_ERROR, which asks about the server's age", async () => {
  const { server, projectId, keys, kms } = await startKms();
  const keyId = "11111111-2222-4333-8444-555555555555";
  await keys.list({ projectId });
  for (const call of [
    () => keys.getByName({ projectId, name: "key-one" }),
    () => keys.get({ keyId }),
    () => kms.signing().getPublicKey({ keyId }),
  ]) {
    // As recorded from a server of October 2024.
    const message = `Route GET:/api/v1/kms/keys/key-name/key-one?projectId=${projectId} not found`;
    server.fail({ path: /kms/ }, { status: 404, body: { message, error: "Not Found", statusCode: 404 } });
    const error: unknown = await call().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "GATEWAY_ERROR", statusCode: 404 });
    expect(String(error)).toContain("the server new enough for this call?");
  }
});
