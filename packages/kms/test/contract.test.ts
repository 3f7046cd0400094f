import { pluginContract } from "@infisical/core/testing";
import { describe, test } from "vitest";
import { kms } from "../src/index.ts";
import { base64, bytes } from "./bytes.ts";

const key = { id: "an-id", name: "a-name" };
const keyId = "a-key";
const secret = base64("hunter2-plaintext");
const data = base64("some data");
const signature = base64("a signature");
const signingAlgorithm = "ECDSA_SHA_256";

/** Results are compared by their fields, which bytes have none of. */
const text = (result: Uint8Array): string => new TextDecoder().decode(result);

describe("kms keeps the contract of plugins", () => {
  const cases = pluginContract({
    create: kms,
    calls: {
      "keys().create": {
        options: { projectId: "a-project", name: "a-name", description: "what it is" },
        call: (api, options) => api.keys().create(options),
        response: { key },
        result: key,
      },
      "keys().list": {
        options: { projectId: "a-project", search: "a-word", limit: 3 },
        call: (api, options) => api.keys().list(options),
        response: { keys: [key], totalCount: 1 },
      },
      "keys().get": {
        options: { keyId },
        call: (api, options) => api.keys().get(options),
        response: { key },
        result: key,
      },
      "keys().getByName": {
        options: { projectId: "a-project", name: "a-name" },
        call: (api, options) => api.keys().getByName(options),
        response: { key },
        result: key,
      },
      "keys().update": {
        options: { keyId, name: "a-name", isDisabled: true },
        call: (api, options) => api.keys().update(options),
        response: { key },
        result: key,
      },
      "keys().delete": {
        options: { keyId },
        call: (api, options) => api.keys().delete(options),
        response: { key },
        result: key,
      },
      "encryption().encrypt": {
        options: { keyId, plaintext: secret },
        call: (api, options) => api.encryption().encrypt(options),
        response: { ciphertext: data },
        result: data,
        secrets: [secret],
      },
      "encryption().decrypt": {
        options: { keyId, ciphertext: data },
        call: (api, options) => api.encryption().decrypt(options),
        response: { plaintext: secret },
        result: secret,
      },
      "encryption().encryptBytes": {
        options: { keyId, plaintext: bytes("hunter2-plaintext") },
        call: async (api, options) => text(await api.encryption().encryptBytes(options)),
        response: { ciphertext: data },
        result: "some data",
        secrets: [secret],
      },
      "encryption().decryptBytes": {
        options: { keyId, ciphertext: bytes("some data") },
        call: async (api, options) => text(await api.encryption().decryptBytes(options)),
        response: { plaintext: secret },
        result: "hunter2-plaintext",
      },
      "signing().sign": {
        options: { keyId, data, signingAlgorithm },
        call: (api, options) => api.signing().sign(options),
        response: { signature, keyId, signingAlgorithm },
      },
      "signing().verify": {
        options: { keyId, data, signature, signingAlgorithm },
        call: (api, options) => api.signing().verify(options),
        response: { signatureValid: true, keyId, signingAlgorithm },
      },
      "signing().signBytes": {
        options: { keyId, data: bytes("some data"), signingAlgorithm },
        call: async (api, options) => text(await api.signing().signBytes(options)),
        response: { signature, keyId, signingAlgorithm },
        result: "a signature",
      },
      "signing().verifyBytes": {
        options: { keyId, data: bytes("some data"), signature: bytes("a signature"), signingAlgorithm },
        call: (api, options) => api.signing().verifyBytes(options),
        response: { signatureValid: false, keyId, signingAlgorithm },
        result: false,
      },
      "signing().listSigningAlgorithms": {
        options: { keyId },
        call: (api, options) => api.signing().listSigningAlgorithms(options),
        response: { signingAlgorithms: [signingAlgorithm] },
        result: [signingAlgorithm],
      },
      "signing().getPublicKey": {
        options: { keyId },
        call: (api, options) => api.signing().getPublicKey(options),
        response: { publicKey: data },
        result: data,
      },
    },
  });
  for (const { name, run } of cases) test(name, run);
});
