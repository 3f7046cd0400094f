import { type CallOptions, type HttpClient, isInfisicalError } from "@infisical/core";
import { apiPath } from "@infisical/core/authoring";
import { type BundleResponse, bundleOf, type CertificateBundle } from "./bundle.ts";

/**
 * How far a certificate request is. `"issued"`, `"rejected"` and `"failed"` are the ends; every other state can still
 * become one of them.
 */
export type CertificateRequestStatus =
  /** It needs somebody's approval. */
  | "pending_approval"
  /** The authority works on it. */
  | "pending"
  /** The authority checks who asks. */
  | "pending_validation"
  /** There is a certificate. */
  | "issued"
  /** Somebody has refused it. */
  | "rejected"
  /** The authority could not issue it; `message` says why. */
  | "failed"
  | (string & {});

/** A request for a certificate, and what has become of it. Printing it shows no private key. */
export interface CertificateRequest {
  /** Its id, for {@link CertificatesApi.getRequest}. */
  readonly certificateRequestId: string;
  /** How far it is; a state that this version does not know is passed through. */
  readonly status: CertificateRequestStatus;
  /** What the server says about it; `undefined` if it says nothing. */
  readonly message: string | undefined;
  /** The id of the certificate; `undefined` before it is issued. */
  readonly certificateId: string | undefined;
  /**
   * The certificate; `undefined` before it is issued. Its chain can be missing if it was issued later, and the identity may
   * not read private keys.
   */
  readonly bundle: CertificateBundle | undefined;
}

/** What servers send to a request for a certificate. */
export interface IssueResponse {
  readonly certificate?: (BundleResponse & { readonly certificateId: string }) | null;
  readonly certificateRequestId: string;
  readonly status?: string | null;
  readonly message?: string | null;
}

/** What servers tell about a request later. */
interface StateResponse {
  readonly status: string;
  readonly certificate?: string | null;
  readonly certificateId?: string | null;
  readonly privateKey?: string | null;
  readonly serialNumber?: string | null;
  readonly errorMessage?: string | null;
  readonly pendingMessage?: string | null;
}

/** Whether nothing more will become of a request. */
export function isFinal({ status, bundle }: CertificateRequest): boolean {
  return bundle !== undefined || status === "rejected" || status === "failed";
}

/** What became of a request at once. */
export function stateAtOnce(response: IssueResponse): CertificateRequest {
  const { certificate, certificateRequestId, status, message } = response;
  return {
    certificateRequestId,
    status: status ?? (certificate ? "issued" : "pending"),
    message: message ?? undefined,
    certificateId: certificate?.certificateId,
    bundle: certificate ? bundleOf(certificate) : undefined,
  };
}

/** Asks what has become of a request. */
export async function readState(
  http: HttpClient,
  certificateRequestId: string,
  call: CallOptions,
): Promise<CertificateRequest> {
  const { signal, timeout } = call;
  const found = await http.request<StateResponse>({
    operation: "certificates.getRequest",
    method: "GET",
    path: apiPath`/api/v1/cert-manager/certificates/certificate-requests/${{ certificateRequestId }}`,
    target: { certificateRequestId },
    signal,
    timeout,
    expect: {
      status: "string",
      "certificate?": "string",
      "certificateId?": "string",
      "privateKey?": "string",
      "serialNumber?": "string",
      "errorMessage?": "string",
      "pendingMessage?": "string",
    },
  });
  const { status, errorMessage, pendingMessage } = found;
  return {
    certificateRequestId,
    status,
    message: errorMessage ?? pendingMessage ?? undefined,
    certificateId: found.certificateId ?? undefined,
    bundle: await bundleOfState(http, found, call),
  };
}

/** The certificate of a request: with its chain, if the identity may read that. */
async function bundleOfState(
  http: HttpClient,
  { certificate, certificateId, privateKey, serialNumber }: StateResponse,
  call: CallOptions,
): Promise<CertificateBundle | undefined> {
  if (!certificate) return undefined;
  try {
    if (certificateId) return await readBundle(http, certificateId, call);
  } catch (error) {
    // For the chain, servers ask for the permission to read private keys, even where there is none to read.
    if (!isInfisicalError(error) || error.code !== "FORBIDDEN") throw error;
  }
  return bundleOf({ certificate, privateKey: privateKey ?? null, serialNumber: serialNumber ?? "" });
}

/** Reads a certificate by its id. */
export async function readBundle(
  http: HttpClient,
  certificateId: string,
  { signal, timeout }: CallOptions,
): Promise<CertificateBundle> {
  const response = await http.request<BundleResponse>({
    operation: "certificates.getBundle",
    method: "GET",
    path: apiPath`/api/v1/cert-manager/certificates/${{ certificateId }}/bundle`,
    target: { certificateId },
    signal,
    timeout,
    expect: {
      certificate: "string",
      "certificateChain?": "string",
      "privateKey?": "string",
      serialNumber: "string",
    },
  });
  return bundleOf(response);
}
