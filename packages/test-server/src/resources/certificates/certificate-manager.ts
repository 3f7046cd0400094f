import type {
  NewCertificateProfile,
  StoredCertificate,
  StoredCertificateRequest,
} from "../../certificate-access.ts";
import type { Project } from "../projects/project.ts";
import type { CertificateAuthorities, CertificateAuthority } from "./authority.ts";
import type { Issuance } from "./issuance.ts";

/** A profile with its defaults filled in. */
export interface Profile {
  readonly id: string;
  readonly slug: string;
  readonly project: Project;
  readonly issuance: NonNullable<NewCertificateProfile["issuance"]>;
  readonly caKeyAlgorithm: NonNullable<NewCertificateProfile["caKeyAlgorithm"]>;
  readonly defaults: NonNullable<NewCertificateProfile["defaults"]>;
  readonly applications: readonly string[];
}

/** A request for a certificate, and what it is issued from. */
export interface CertificateRequest {
  readonly id: string;
  readonly profile: Profile;
  readonly issuance: Issuance;
  readonly createdAt: string;
  updatedAt: string;
  status: StoredCertificateRequest["status"];
  certificate: IssuedCertificate | undefined;
  errorMessage: string | null;
  /** Whether its certificate is being issued. */
  isBeingIssued: boolean;
}

/** An issued certificate. Everything in PEM form is without a line break at the end. */
export interface IssuedCertificate {
  readonly id: string;
  readonly profile: Profile;
  readonly serialNumber: string;
  readonly commonName: string;
  readonly certificate: string;
  /** Those of the authorities, the issuing one first and the root last. */
  readonly chain: readonly [string, ...string[]];
  /** `undefined` if the key is elsewhere. */
  readonly privateKey: string | undefined;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly createdAt: string;
  revokedAt: string | null;
}

/** The profiles, the requests and the certificates of a server. Maps keep the order of creation. */
export class CertificateManager {
  readonly profiles = new Map<string, Profile>();
  readonly requests = new Map<string, CertificateRequest>();
  readonly certificates = new Map<string, IssuedCertificate>();
  readonly #authorities: CertificateAuthorities;

  constructor(authorities: CertificateAuthorities) {
    this.#authorities = authorities;
  }

  authority(keyAlgorithm: Profile["caKeyAlgorithm"]): Promise<CertificateAuthority> {
    return this.#authorities.with(keyAlgorithm);
  }

  /** The certificates of a profile, newest first. */
  issuedFrom({ id }: Profile): IssuedCertificate[] {
    return [...this.certificates.values()].filter(({ profile }) => profile.id === id).reverse();
  }
}

/** Whether a certificate is valid at a time, in milliseconds since 1970. */
export function statusOf(
  { revokedAt, notAfter }: Pick<IssuedCertificate, "revokedAt" | "notAfter">,
  now: number,
): StoredCertificate["status"] {
  if (revokedAt !== null) return "revoked";
  return Date.parse(notAfter) > now ? "active" : "expired";
}
