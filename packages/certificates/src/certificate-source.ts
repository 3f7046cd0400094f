import { type InfisicalSDKError, isInfisicalError } from "@infisical/core";
import { type CertificateAttributes, validityAttributes } from "./attributes.ts";
import { type CertificateBundle, withPrivateKey } from "./bundle.ts";
import { type CreateCertificateRequestOptions, createCertificateRequest } from "./certificate-request.ts";
import type { CertificatesApi } from "./certificates.ts";
import { notIssued } from "./kept-errors.ts";
import { type CertificateRequest, isFinal } from "./request-state.ts";

/** What a source asks for. */
export interface SourceOptions {
  readonly profileId: string;
  readonly applicationId: string | undefined;
  readonly attributes: CertificateAttributes;
  readonly removeRootsFromChain: boolean | undefined;
  /** What the CSR says, if the key is made here. */
  readonly csr: CreateCertificateRequestOptions | undefined;
  readonly timeout: number | string | undefined;
}

/** What became of an attempt: a certificate, a request that is not decided, or `undefined` if there is nothing to read. */
export type Obtained =
  | { readonly bundle: CertificateBundle }
  | { readonly pending: CertificateRequest }
  | undefined;

/** Where the certificates come from: each call is an attempt to get one. */
export type CertificateSource = (signal: AbortSignal) => Promise<Obtained>;

/** Reads the newest certificate of a profile, which somebody else renews. */
export function latestOf(
  api: Pick<CertificatesApi, "getLatestBundle">,
  { profileId, timeout }: SourceOptions,
): CertificateSource {
  return async (signal) => {
    const bundle = await api.getLatestBundle(profileId, { signal, timeout });
    return bundle && { bundle };
  };
}

/** Issues certificates. A request that is not decided at once is looked at until it is, before another one is made. */
export function issuedBy(
  api: Pick<CertificatesApi, "issue" | "getRequest">,
  options: SourceOptions,
): CertificateSource {
  const { timeout, csr: content, attributes, profileId, applicationId, removeRootsFromChain } = options;
  let asked: { readonly id: string; readonly privateKey: string | undefined } | undefined;
  const ask = async (signal: AbortSignal): Promise<CertificateRequest> => {
    const csr = content && (await createCertificateRequest(content));
    const request = await api.issue({
      ...{ profileId, applicationId, removeRootsFromChain, signal, timeout },
      csr: csr?.csr,
      attributes: csr ? validityAttributes(attributes) : attributes,
    });
    asked = { id: request.certificateRequestId, privateKey: csr?.privateKey };
    return request;
  };
  const look = async (id: string, signal: AbortSignal): Promise<CertificateRequest> => {
    try {
      return await api.getRequest(id, { signal, timeout });
    } catch (error) {
      // Somebody has deleted it.
      if (isInfisicalError(error) && error.code === "NOT_FOUND") asked = undefined;
      throw error;
    }
  };
  return async (signal) => {
    const request = asked ? await look(asked.id, signal) : await ask(signal);
    if (!isFinal(request)) return { pending: request };
    const privateKey = asked?.privateKey;
    asked = undefined;
    if (!request.bundle) throw refusalOf(request);
    return { bundle: privateKey === undefined ? request.bundle : withPrivateKey(request.bundle, privateKey) };
  };
}

function refusalOf({ certificateRequestId, status, message }: CertificateRequest): InfisicalSDKError {
  const why = message ? `: ${message}` : ".";
  return notIssued(`The certificate request ${certificateRequestId} has ${verbOf(status)}${why}`);
}

function verbOf(status: string): string {
  return status === "rejected" ? "been rejected" : "failed";
}
