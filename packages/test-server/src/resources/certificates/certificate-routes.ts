import { badRequest } from "../../api/api-error.ts";
import { mayDo, requirePermission } from "../../api/permissions.ts";
import type { AuthenticatedRequest, Routes } from "../../api/routes.ts";
import { validate } from "../../api/schemas.ts";
import { found } from "../projects/project.ts";
import type { CertificateRequest, IssuedCertificate, Profile } from "./certificate-manager.ts";
import { issuanceOf, issuanceOfSigning } from "./issuance.ts";
import { addRequest, issueRequest } from "./issue.ts";
import { idOf, permittedBundle, permittedProfile } from "./permitted.ts";
import { requestBody } from "./request-body.ts";
import { readSigningRequest } from "./signing-request.ts";

const base = "/api/v1/cert-manager/certificates";

/** Requesting certificates, following requests, and reading certificates with their keys. */
export function registerCertificates(routes: Routes): void {
  const { state } = routes;

  routes.authenticated("POST", base, async (request) => {
    const { profileId, csr, attributes = {}, ...rest } = validate(requestBody, request.body());
    const profile = permittedProfile(routes, request, profileId);
    const signing = csr === undefined ? undefined : await readSigningRequest(csr);
    requirePermission(request.identity, profile.project, "issue-cert", "certificate-profiles");
    requireApplication(profile, rest.applicationId);
    const issuance = signing
      ? issuanceOfSigning(profile, signing, attributes)
      : issuanceOf(profile, attributes);
    const made = addRequest(state, profile, issuance);
    if (profile.issuance === "immediate") await issueRequest(state, made);
    const message =
      made.status === "pending_approval"
        ? `Certificate ${signing ? "signing request" : "request"} requires approval`
        : undefined;
    const certificate = made.certificate
      ? issuedView(made.certificate, rest.removeRootsFromChain, isKeyReadable(request, profile))
      : null;
    return { certificate, certificateRequestId: made.id, status: made.status, message };
  });

  routes.authenticated("GET", `${base}/certificate-requests/:requestId`, (request) => {
    const made = found(
      state.certificates.requests.get(idOf(request, "requestId")),
      "Certificate request not found",
    );
    requirePermission(request.identity, made.profile.project, "read", "certificates");
    return requestView(made, isKeyReadable(request, made.profile));
  });

  routes.authenticated("GET", `${base}/:id/bundle`, (request) => {
    const certificate = found(
      state.certificates.certificates.get(idOf(request, "id")),
      "Certificate not found",
    );
    return permittedBundle(request, certificate);
  });
}

/** A profile that is attached to applications issues for them only. */
function requireApplication({ applications }: Profile, applicationId: string | undefined): void {
  if (applicationId === undefined && applications.length > 0) {
    throw badRequest(
      "This profile must be issued through an Application. Attach it to an Application and issue from there.",
    );
  }
  if (applicationId !== undefined && !applications.includes(applicationId)) {
    throw badRequest("This profile is not attached to the specified Application.");
  }
}

function isKeyReadable({ identity }: AuthenticatedRequest, { project }: Profile): boolean {
  return mayDo(identity, project, "read-private-key", "certificates");
}

/** A certificate as the response to its request has it. Without the permission, the key is left out; that is not an error. */
function issuedView(issued: IssuedCertificate, removeRoots: boolean, withKey: boolean) {
  const { id, certificate, chain, privateKey, serialNumber } = issued;
  return {
    certificate,
    issuingCaCertificate: chain[0],
    certificateChain: (removeRoots ? chain.slice(0, -1) : chain).join("\n"),
    ...(withKey && { privateKey }),
    serialNumber,
    certificateId: id,
  };
}

function requestView(made: CertificateRequest, withKey: boolean) {
  const { status, certificate, errorMessage, createdAt, updatedAt } = made;
  const { subject } = made.issuance;
  return {
    status,
    certificate: certificate?.certificate ?? null,
    certificateId: certificate?.id ?? null,
    privateKey: (withKey && certificate?.privateKey) || null,
    serialNumber: certificate?.serialNumber ?? null,
    errorMessage,
    pendingMessage: null,
    commonName: subject.commonName ?? null,
    organization: subject.organization ?? null,
    organizationalUnit: subject.organizationalUnit ?? null,
    country: subject.country ?? null,
    state: subject.state ?? null,
    locality: subject.locality ?? null,
    domainComponents: null,
    basicConstraints: null,
    metadata: [],
    createdAt,
    updatedAt,
  };
}
