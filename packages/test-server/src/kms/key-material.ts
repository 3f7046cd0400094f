import { createSecretKey, generateKeyPair, type KeyObject, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { ApiError } from "../http/api-error.ts";
import type { EncryptionAlgorithm } from "./algorithms.ts";

const generate = promisify(generateKeyPair);

/** Generates the material of a key without blocking other calls. */
export function newKeyMaterial(algorithm: EncryptionAlgorithm): Promise<KeyObject> {
  switch (algorithm) {
    case "aes-256-gcm":
      return Promise.resolve(createSecretKey(randomBytes(32)));
    case "aes-128-gcm":
      return Promise.resolve(createSecretKey(randomBytes(16)));
    case "RSA_4096":
      return generate("rsa", { modulusLength: 4096 }).then(({ privateKey }) => privateKey);
    case "ECC_NIST_P256":
      return generate("ec", { namedCurve: "P-256" }).then(({ privateKey }) => privateKey);
    default:
      // Not every supported version of Node has these.
      throw new ApiError(
        501,
        "NotImplemented",
        `@infisical/test-server does not implement ${algorithm} keys`,
      );
  }
}
