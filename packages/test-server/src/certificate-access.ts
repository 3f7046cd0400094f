import {
  list,
  name,
  type ObjectOf,
  object,
  oneOf,
  optional,
  slug,
  text,
  uuid,
  wholeNumber,
} from "./engine/check.ts";

const keyAlgorithm = oneOf(
  "RSA_2048",
  "RSA_3072",
  "RSA_4096",
  "EC_prime256v1",
  "EC_secp384r1",
  "EC_secp521r1",
);

const certificateDefaults = object({
  /**
   * How long certificates are valid, in days.
   *
   * @defaultValue none: requests need a `ttl`
   */
  ttlDays: optional(wholeNumber),
  /** The common name. */
  commonName: optional(text),
  /** The organization. */
  organization: optional(text),
  /** The organizational unit. */
  organizationalUnit: optional(text),
  /** The country, as two letters. */
  country: optional(text),
  /** The state or province. */
  state: optional(text),
  /** The locality. */
  locality: optional(text),
  /**
   * The algorithm of the keys that the server generates.
   *
   * @defaultValue that of the issuing authority
   */
  keyAlgorithm: optional(keyAlgorithm),
  /** The usages of the key. */
  keyUsages: optional(
    list(
      oneOf(
        "digital_signature",
        "key_encipherment",
        "non_repudiation",
        "data_encipherment",
        "key_agreement",
        "encipher_only",
        "decipher_only",
      ),
    ),
  ),
  /** The extended usages of the key. */
  extendedKeyUsages: optional(
    list(
      oneOf(
        "client_auth",
        "server_auth",
        "code_signing",
        "email_protection",
        "ocsp_signing",
        "time_stamping",
      ),
    ),
  ),
});

/** What the certificates of a profile have if a request does not say otherwise. */
export interface CertificateDefaults extends ObjectOf<typeof certificateDefaults.fields> {}

export const certificateProfile = object({
  /**
   * Its slug, unique in the project.
   *
   * @defaultValue `profile-` and a number
   */
  slug: optional(slug),
  /**
   * The slug or id of a project of type `cert-manager`.
   *
   * @defaultValue the first one; without any, a new one in which every administrator of the organization is one
   */
  project: optional(name),
  /**
   * When its certificates are issued: with the response, after `approve()` of a request that awaits approval, or after
   * `approve()` of one that an external authority has in its queue.
   *
   * @defaultValue "immediate"
   */
  issuance: optional<"immediate" | "approval" | "queued">(oneOf("immediate", "approval", "queued")),
  /**
   * The algorithm of the issuing authority's key, whose family a certificate signing request must have too.
   *
   * @defaultValue "EC_prime256v1"
   */
  caKeyAlgorithm: optional(keyAlgorithm),
  /**
   * What its certificates have if a request does not say otherwise.
   *
   * @defaultValue nothing
   */
  defaults: optional<CertificateDefaults>(certificateDefaults),
  /**
   * The ids of the applications that it is attached to. Requests then have to name one of them.
   *
   * @defaultValue none: requests name no application
   */
  applications: optional(list(uuid)),
});

/** A certificate profile to create. */
export interface NewCertificateProfile extends ObjectOf<typeof certificateProfile.fields> {}

/** A certificate profile of a test server. */
export interface StoredCertificateProfile {
  /** Its id, as calls accept it. */
  readonly id: string;
  /** Its slug. */
  readonly slug: string;
  /** The id of its project. */
  readonly projectId: string;
}

/** A request for a certificate. */
export interface StoredCertificateRequest {
  /** Its id. */
  readonly id: string;
  /** The id of its profile. */
  readonly profileId: string;
  /** What became of it. */
  readonly status: "pending_approval" | "pending" | "issued" | "failed" | "rejected";
  /** The common name that was requested; `null` if none was. */
  readonly commonName: string | null;
  /** The id of the certificate; `null` until it is issued. */
  readonly certificateId: string | null;
}

/** An issued certificate. */
export interface StoredCertificate {
  /** Its id. */
  readonly id: string;
  /** The id of its profile. */
  readonly profileId: string;
  /** Its serial number, as 40 hexadecimal digits in lower case. */
  readonly serialNumber: string;
  /** Its common name; empty if it has none. */
  readonly commonName: string;
  /** The certificate in PEM form. */
  readonly certificate: string;
  /** Whether it is valid by the server's clock. */
  readonly status: "active" | "expired" | "revoked";
  /** When it becomes valid, as an ISO date. */
  readonly notBefore: string;
  /** When it expires, as an ISO date. */
  readonly notAfter: string;
}

/** Direct access to the certificate manager of a test server. */
export interface TestCertificates {
  /**
   * Creates a profile, through which certificates are issued.
   *
   * @param profile - How it issues; by default at once, by an authority with a key on P-256.
   * @returns The profile.
   * @throws Error when the project does not exist or is of another type, or when the slug is taken.
   * @throws TypeError when a field is unknown or not valid; the message names it.
   *
   * @example
   * import { createTestServer } from "@infisical/test-server";
   *
   * const server = createTestServer();
   * const { id } = server.certificates.createProfile({ slug: "web", defaults: { ttlDays: 90 } });
   * console.log(id.length); // 36
   */
  createProfile(profile?: NewCertificateProfile): StoredCertificateProfile;
  /** The requests, oldest first. */
  requests(): readonly StoredCertificateRequest[];
  /** The certificates, oldest first. */
  list(): readonly StoredCertificate[];
  /**
   * Approves a request that awaits it, or takes one out of the queue, and issues its certificate. Its lifetime begins now. A
   * certificate that cannot be issued makes the request fail, as on a real server.
   *
   * @param requestId - The id of the request.
   * @returns The request with its new status.
   * @throws Error when the request does not exist or awaits nothing.
   */
  approve(requestId: string): Promise<StoredCertificateRequest>;
  /**
   * Rejects a request.
   *
   * @param requestId - The id of the request.
   * @throws Error when the request does not exist or awaits nothing.
   */
  reject(requestId: string): void;
  /**
   * Makes a request fail, as an external authority does.
   *
   * @param requestId - The id of the request.
   * @param message - The cause, which the API returns as `errorMessage`.
   * @throws Error when the request does not exist or awaits nothing.
   */
  fail(requestId: string, message: string): void;
  /**
   * Revokes a certificate. Revoking it again changes nothing.
   *
   * @param certificateId - The id of the certificate.
   * @throws Error when the certificate does not exist.
   */
  revoke(certificateId: string): void;
  /**
   * The certificate of the root authority in PEM form, for the `ca` of a client. A reset keeps it.
   *
   * @param caKeyAlgorithm - The algorithm of the authority's key, as in the profile; `"EC_prime256v1"` by default.
   * @throws TypeError when the algorithm is unknown.
   */
  rootCertificate(caKeyAlgorithm?: NewCertificateProfile["caKeyAlgorithm"]): Promise<string>;
}
