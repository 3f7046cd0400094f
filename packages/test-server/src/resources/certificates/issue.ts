import { badRequest } from "../../api/api-error.ts";
import type { ServerState } from "../../api/server-state.ts";
import { toPem } from "../../engine/pem.ts";
import { keyKinds, signatureAlgorithms } from "./algorithms.ts";
import { authorityValidity } from "./authority.ts";
import type { CertificateRequest, IssuedCertificate, Profile } from "./certificate-manager.ts";
import type { Issuance } from "./issuance.ts";
import { lifetimeOf } from "./request-body.ts";
import { generateKeys } from "./signatures.ts";

/** Adds a request with the status of one that was just received. */
export function addRequest(state: ServerState, profile: Profile, issuance: Issuance): CertificateRequest {
  const request: CertificateRequest = {
    ...state.newEntity(),
    profile,
    issuance,
    status: profile.issuance === "approval" ? "pending_approval" : "pending",
    certificate: undefined,
    errorMessage: null,
    isBeingIssued: false,
  };
  state.certificates.requests.set(request.id, request);
  return request;
}

/** Issues the certificate of a request. A request whose certificate cannot be issued fails, and the error is thrown. */
export async function issueRequest(
  state: ServerState,
  request: CertificateRequest,
): Promise<IssuedCertificate> {
  request.status = "pending";
  request.isBeingIssued = true;
  try {
    const certificate = await issue(state, request);
    settle(state, request, "issued");
    request.certificate = certificate;
    state.certificates.certificates.set(certificate.id, certificate);
    return certificate;
  } catch (error) {
    settle(state, request, "failed", error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    request.isBeingIssued = false;
  }
}

/** Ends a request. */
export function settle(
  state: ServerState,
  request: CertificateRequest,
  status: CertificateRequest["status"],
  errorMessage: string | null = null,
): void {
  Object.assign(request, { status, errorMessage, updatedAt: state.timestamp() });
}

async function issue(
  state: ServerState,
  { profile, issuance }: CertificateRequest,
): Promise<IssuedCertificate> {
  const createdAt = state.timestamp();
  const { notBefore, notAfter } = validityOf(issuance, state.clock.now());
  const id = state.identifiers.uuid();
  // The first bit of a positive number is 0.
  const hex = state.identifiers.hex(40);
  const serialNumber = `${(Number.parseInt(hex.charAt(0), 16) & 7).toString()}${hex.slice(1)}`;
  const authority = await state.certificates.authority(profile.caKeyAlgorithm);
  const { publicKey, privateKey } = await keysOf(issuance.key);
  const { subject, altNames, keyUsages, extendedKeyUsages, signatureAlgorithm } = issuance;
  const certificate = await authority.issue({
    subject,
    publicKey,
    serialNumber,
    notBefore,
    notAfter,
    digest: signatureAlgorithm && signatureAlgorithms[signatureAlgorithm].digest,
    altNames,
    keyUsages,
    extendedKeyUsages,
    isNameless: Object.keys(subject).length === 0,
  });
  return {
    id,
    profile,
    serialNumber,
    commonName: subject.commonName ?? "",
    certificate,
    chain: [authority.certificate, authority.root],
    privateKey,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    createdAt,
    revokedAt: null,
  };
}

function validityOf(issuance: Issuance, now: number): { readonly notBefore: Date; readonly notAfter: Date } {
  const notBefore = new Date(issuance.notBefore ?? now);
  const notAfter = new Date(issuance.notAfter ?? now + (lifetimeOf(issuance.ttl) ?? 0));
  if (notBefore < authorityValidity.notBefore) {
    throw badRequest("notBefore date is before CA certificate's notBefore date");
  }
  if (notBefore > notAfter) throw badRequest("notBefore date is after notAfter date");
  if (notAfter > authorityValidity.notAfter) {
    throw badRequest("notAfter date is after CA certificate's notAfter date");
  }
  return { notBefore, notAfter };
}

/** The public key, and the private one if the server has it. */
async function keysOf(key: Issuance["key"]) {
  if (typeof key !== "string") return { publicKey: key, privateKey: undefined };
  const pair = await generateKeys(keyKinds[key].generation);
  const pkcs8 = await crypto.subtle.exportKey("pkcs8", pair.privateKey);
  return {
    publicKey: await crypto.subtle.exportKey("spki", pair.publicKey),
    privateKey: toPem("PRIVATE KEY", pkcs8),
  };
}
