import type { HttpRequest } from "@infisical/core";
import { apiPath } from "@infisical/core/authoring";
import type {
  CreateKmsKeyOptions,
  GetKmsKeyByNameOptions,
  KmsKeyOptions,
  ListKmsKeysOptions,
  UpdateKmsKeyOptions,
} from "./key-options.ts";

const keys = "/api/v1/kms/keys";

/** The requests of the KMS routes, of which there is one version. Servers of 2024 lack some of them. */
export const wire = {
  createKey({ signal, timeout, ...body }: CreateKmsKeyOptions): HttpRequest {
    return { method: "POST", path: keys, body, signal, timeout, expect: { key: "object" } };
  },

  listKeys({ signal, timeout, ...query }: ListKmsKeysOptions): HttpRequest {
    const expect = { keys: "array", totalCount: "number" } as const;
    return { method: "GET", path: keys, query, signal, timeout, expect };
  },

  getKey({ keyId, signal, timeout }: KmsKeyOptions): HttpRequest {
    return { method: "GET", path: keyPath(keyId), signal, timeout, expect: { key: "object" } };
  },

  getKeyByName({ projectId, name, signal, timeout }: GetKmsKeyByNameOptions): HttpRequest {
    const path = apiPath`/api/v1/kms/keys/key-name/${{ name }}`;
    return { method: "GET", path, query: { projectId }, signal, timeout, expect: { key: "object" } };
  },

  updateKey({ keyId, signal, timeout, ...body }: UpdateKmsKeyOptions): HttpRequest {
    return { method: "PATCH", path: keyPath(keyId), body, signal, timeout, expect: { key: "object" } };
  },

  deleteKey({ keyId, signal, timeout }: KmsKeyOptions): HttpRequest {
    return { method: "DELETE", path: keyPath(keyId), signal, timeout, expect: { key: "object" } };
  },

  encrypt(options: KmsKeyOptions, plaintext: string): HttpRequest {
    return use("encrypt", options, { plaintext }, { ciphertext: "string" });
  },

  decrypt(options: KmsKeyOptions, ciphertext: string): HttpRequest {
    return use("decrypt", options, { ciphertext }, { plaintext: "string" });
  },

  sign(options: KmsKeyOptions, body: SigningBody): HttpRequest {
    return use("sign", options, body, { signature: "string" });
  },

  verify(options: KmsKeyOptions, body: SigningBody & { readonly signature: string }): HttpRequest {
    return use("verify", options, body, { signatureValid: "boolean" });
  },

  listSigningAlgorithms(options: KmsKeyOptions): HttpRequest {
    return read("signing-algorithms", options, { signingAlgorithms: "array" });
  },

  getPublicKey(options: KmsKeyOptions): HttpRequest {
    return read("public-key", options, { publicKey: "string" });
  },
};

interface SigningBody {
  readonly data: string;
  readonly signingAlgorithm: string;
  readonly isDigest: boolean | undefined;
}

function keyPath(keyId: string): string {
  return apiPath`/api/v1/kms/keys/${{ keyId }}`;
}

/** A key is used, and nothing changed: it may be sent again like any read. */
function use(
  action: string,
  { keyId, signal, timeout }: KmsKeyOptions,
  body: unknown,
  expect: HttpRequest["expect"],
): HttpRequest {
  const path = `${keyPath(keyId)}/${action}`;
  return { method: "POST", path, body, signal, timeout, readOnly: true, expect };
}

function read(
  what: string,
  { keyId, signal, timeout }: KmsKeyOptions,
  expect: HttpRequest["expect"],
): HttpRequest {
  return { method: "GET", path: `${keyPath(keyId)}/${what}`, signal, timeout, expect };
}
