import { createPublicKey } from "node:crypto";
import { badRequest } from "../http/api-error.ts";
import type { Routes } from "../http/routes.ts";
import { validate } from "../http/validate.ts";
import { type SigningAlgorithm, signingAlgorithmsFor } from "../kms/algorithms.ts";
import { signData, verifyData } from "../kms/signing.ts";
import type { KmsKey } from "../state/entities.ts";
import { signBody, verifyBody } from "./kms-requests.ts";
import { usableKmsKey } from "./permitted-kms-key.ts";

const base = "/api/v1/kms/keys/:keyId";

/** Signatures with the keys of a project. */
export function registerKmsSigning(routes: Routes): void {
  routes.authenticated("GET", `${base}/signing-algorithms`, (request) => {
    const key = usableKmsKey(routes, request, "read", "sign-verify");
    return { signingAlgorithms: signingAlgorithmsFor(key.encryptionAlgorithm) };
  });

  routes.authenticated("GET", `${base}/public-key`, async (request) => {
    const { material } = usableKmsKey(routes, request, "read", "sign-verify");
    const publicKey = createPublicKey(await material).export({ type: "spki", format: "der" });
    return { publicKey: publicKey.toString("base64") };
  });

  routes.authenticated("POST", `${base}/sign`, async (request) => {
    const { data, signingAlgorithm, isDigest } = validate(signBody, request.body());
    const key = usableKmsKey(routes, request, "sign", "sign-verify");
    requireFit(key, signingAlgorithm);
    const signature = signData(await key.material, signingAlgorithm, Buffer.from(data, "base64"), isDigest);
    return { signature: signature.toString("base64"), keyId: key.id, signingAlgorithm };
  });

  routes.authenticated("POST", `${base}/verify`, async (request) => {
    const { data, signature, signingAlgorithm, isDigest } = validate(verifyBody, request.body());
    const key = usableKmsKey(routes, request, "verify", "sign-verify");
    requireFit(key, signingAlgorithm);
    const signatureValid = verifyData(await key.material, signingAlgorithm, {
      data: Buffer.from(data, "base64"),
      signature: Buffer.from(signature, "base64"),
      isDigest,
    });
    return { signatureValid, keyId: key.id, signingAlgorithm };
  });
}

function requireFit({ encryptionAlgorithm }: KmsKey, signingAlgorithm: SigningAlgorithm): void {
  if (signingAlgorithmsFor(encryptionAlgorithm).includes(signingAlgorithm)) return;
  throw badRequest(`KMS ${encryptionAlgorithm} key cannot be used with ${signingAlgorithm}`);
}
