import { describe, expect, test } from "vitest";
import { generations } from "#test-kit";
import { connect } from "./connect.ts";

const keyId = "9b2f7a54-3c1d-4a6e-8f00-5d2c1b7e9a31";

/** A ciphertext as long as that of a plaintext of 4096 bytes; the recording has its beginning only. */
const ofTheLongest = Buffer.alloc(4127).toString("base64");

describe.each(generations)("against a server of %s", (generation) => {
  test("a plaintext may be as short and as long as the server accepts", async () => {
    const { server, sdk } = await connect(generation);
    const encryption = sdk.kms().encryption();
    const lengths = generation === "october-2024" ? { "531-kms-encrypt-4097": 4097 } : {};
    for (const [id, length] of Object.entries({ "532-kms-encrypt-empty": 0, ...lengths })) {
      server.next(id);
      const plaintext = Buffer.alloc(length).toString("base64");
      const outcome: unknown = await encryption.encrypt({ keyId, plaintext }).catch((error) => error);
      const { status, body } = server.recording(id).response;
      if (status === 200) expect(outcome).toBe(Object(body).ciphertext);
      else expect(outcome).toMatchObject({ code: "VALIDATION_FAILED", details: Object(body).message });
    }
  });

  test("what is encrypted can be decrypted, or the call fails", async () => {
    const { server, sdk } = await connect(generation);
    server.nextResponse({ body: { ciphertext: ofTheLongest } });
    const { status, body } = server.recording("531-kms-encrypt-4097").response;
    // An older server says of a ciphertext what it says of a plaintext.
    server.nextResponse(status === 200 ? { body: { plaintext: "eA==" } } : { status, body });
    const outcome: unknown = await sdk
      .kms()
      .encryption()
      .encryptBytes({ keyId, plaintext: new Uint8Array(4096) })
      .catch((error: unknown) => error);
    expect(server.requests.map(({ path }) => path.split("/").at(-1))).toEqual(["encrypt", "decrypt"]);
    if (status === 200) expect(outcome).toHaveLength(4127);
    else expect(outcome).toMatchObject({ code: "VALIDATION_FAILED" });
  });
});
