import type { CallOptions, HttpClient } from "@infisical/core";
import { apiPath, integerFrom, oneOf, parseCallArguments, requireString } from "@infisical/core/authoring";

/**
 * Which certificates of a profile to list.
 *
 * @example
 * await client.certificates().list(profileId, { status: "active", search: "shop", limit: 50, offset: 50 });
 */
export interface ListCertificatesOptions extends CallOptions {
  /**
   * How many to skip.
   *
   * @defaultValue 0
   */
  readonly offset?: number | undefined;
  /**
   * How many to list at most, from 1 to 100.
   *
   * @defaultValue 20
   */
  readonly limit?: number | undefined;
  /** Only those that are valid, have expired, or were revoked. All by default. */
  readonly status?: "active" | "expired" | "revoked" | undefined;
  /** Only those whose common name or serial number contains this text. All by default. */
  readonly search?: string | undefined;
}

/** A certificate in a list. */
export interface ListedCertificate {
  /** Its id, for `getBundle`. */
  readonly id: string;
  /** Its serial number, in hexadecimal digits. */
  readonly serialNumber: string;
  /** Its common name. */
  readonly cn?: string | null;
  /** What the server says of it; `notAfter` and `revokedAt` say it more exactly. */
  readonly status?: string | null;
  /** From when it is valid, as an ISO date. */
  readonly notBefore: string;
  /** Until when it is valid, as an ISO date. */
  readonly notAfter: string;
  /** When it was issued, as an ISO date. */
  readonly createdAt?: string | null;
  /** When it was revoked, as an ISO date; `null` if it was not. */
  readonly revokedAt?: string | null;
}

const rules = {
  "offset?": integerFrom(0),
  "limit?": integerFrom(1, 100),
  "status?": oneOf("active", "expired", "revoked"),
  "search?": requireString,
};

/** Lists certificates of a profile. */
export async function listCertificates(
  http: HttpClient,
  value: string,
  options: ListCertificatesOptions,
): Promise<readonly ListedCertificate[]> {
  const given = { call: "list", name: "profileId", value, options };
  const [profileId, { signal, timeout, ...query }] = parseCallArguments(given, rules);
  const response = await http.request<{ readonly certificates: readonly ListedCertificate[] }>({
    operation: "certificates.list",
    method: "GET",
    path: apiPath`/api/v1/cert-manager/certificate-profiles/${{ profileId }}/certificates`,
    target: { profileId },
    query: { ...query },
    signal,
    timeout,
    expect: {
      certificates: [
        {
          id: "string",
          serialNumber: "string",
          "cn?": "string",
          "status?": "string",
          notBefore: "string",
          notAfter: "string",
          "createdAt?": "string",
          "revokedAt?": "string",
        },
      ],
    },
  });
  return response.certificates;
}
