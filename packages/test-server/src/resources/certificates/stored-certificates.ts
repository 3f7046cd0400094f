import type { ServerState } from "../../api/server-state.ts";
import {
  certificateProfile,
  type NewCertificateProfile,
  type StoredCertificate,
  type StoredCertificateProfile,
  type StoredCertificateRequest,
  type TestCertificates,
} from "../../certificate-access.ts";
import { checked, optional, text } from "../../engine/check.ts";
import { addProject, type Project } from "../projects/project.ts";
import { type CertificateRequest, statusOf } from "./certificate-manager.ts";
import { issueRequest, settle } from "./issue.ts";

/** Direct access to the certificate manager, bypassing the API. */
export class StoredCertificates implements TestCertificates {
  readonly #state: () => ServerState;

  constructor(state: () => ServerState) {
    this.#state = state;
  }

  createProfile(fields: NewCertificateProfile = {}): StoredCertificateProfile {
    checked("certificates.createProfile()", certificateProfile, fields);
    const state = this.#state();
    const { profiles } = state.certificates;
    const project = projectOf(state, fields.project);
    const slug = fields.slug ?? `profile-${profiles.size + 1}`;
    if ([...profiles.values()].some((one) => one.project === project && one.slug === slug)) {
      throw new Error(`The project "${project.slug}" already has a certificate profile "${slug}"`);
    }
    const { issuance = "immediate", caKeyAlgorithm = "EC_prime256v1", defaults = {} } = fields;
    const id = state.identifiers.uuid();
    const applications = [...(fields.applications ?? [])];
    profiles.set(id, {
      id,
      slug,
      project,
      issuance,
      caKeyAlgorithm,
      defaults: { ...defaults },
      applications,
    });
    return { id, slug, projectId: project.id };
  }

  requests(): readonly StoredCertificateRequest[] {
    return [...this.#state().certificates.requests.values()].map(storedRequest);
  }

  list(): readonly StoredCertificate[] {
    const { certificates, clock } = this.#state();
    return [...certificates.certificates.values()].map((one) => ({
      id: one.id,
      profileId: one.profile.id,
      serialNumber: one.serialNumber,
      commonName: one.commonName,
      certificate: one.certificate,
      status: statusOf(one, clock.now()),
      notBefore: one.notBefore,
      notAfter: one.notAfter,
    }));
  }

  async approve(requestId: string): Promise<StoredCertificateRequest> {
    const state = this.#state();
    const request = waiting(state, requestId);
    // Whoever polls the request is told the cause.
    await issueRequest(state, request).catch(() => undefined);
    return storedRequest(request);
  }

  reject(requestId: string): void {
    const state = this.#state();
    settle(state, waiting(state, requestId), "rejected");
  }

  fail(requestId: string, message: string): void {
    const state = this.#state();
    settle(state, waiting(state, requestId), "failed", checked("certificates.fail()", text, message));
  }

  revoke(certificateId: string): void {
    const state = this.#state();
    const certificate = state.certificates.certificates.get(certificateId);
    if (!certificate) throw new Error(`The test server has no certificate with the id "${certificateId}"`);
    certificate.revokedAt ??= state.timestamp();
  }

  async rootCertificate(caKeyAlgorithm?: NewCertificateProfile["caKeyAlgorithm"]): Promise<string> {
    const { fields } = certificateProfile;
    checked("certificates.rootCertificate()", optional(fields.caKeyAlgorithm), caKeyAlgorithm);
    return (await this.#state().certificates.authority(caKeyAlgorithm ?? "EC_prime256v1")).root;
  }
}

/** The project of a new profile. */
function projectOf(state: ServerState, named: string | undefined): Project {
  const { projects, identities, identifiers } = state;
  if (named !== undefined) {
    const project = projects.bySlug(named) ?? projects.byId(named);
    if (!project) throw new Error(`The test server has no project "${named}"`);
    if (project.type === "cert-manager") return project;
    throw new Error(
      `The project "${named}" is of type ${project.type}. Certificates need one of type cert-manager`,
    );
  }
  const first = projects.all().find(({ type }) => type === "cert-manager");
  if (first) return first;
  const slug = projects.bySlug("certificates") ? `certificates-${identifiers.hex(4)}` : "certificates";
  const project = addProject(state, { name: "Certificates", slug, type: "cert-manager" });
  for (const { id, organizationRole } of identities.all()) {
    if (organizationRole === "admin") project.roles.set(id, "admin");
  }
  return project;
}

/** The request with this id, which nobody has decided about yet. */
function waiting({ certificates }: ServerState, id: string): CertificateRequest {
  const request = certificates.requests.get(id);
  if (!request) throw new Error(`The test server has no certificate request with the id "${id}"`);
  const { status, isBeingIssued } = request;
  if (!isBeingIssued && (status === "pending" || status === "pending_approval")) return request;
  throw new Error(`The certificate request "${id}" is ${isBeingIssued ? "being issued" : status} already`);
}

function storedRequest({ id, profile, status, issuance, certificate }: CertificateRequest) {
  return {
    id,
    profileId: profile.id,
    status,
    commonName: issuance.subject.commonName ?? null,
    certificateId: certificate?.id ?? null,
  };
}
