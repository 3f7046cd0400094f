import { z } from "zod";
import type { Routes } from "../../api/routes.ts";
import { validate } from "../../api/schemas.ts";
import { type IssuedCertificate, statusOf } from "./certificate-manager.ts";
import { idOf, permittedBundle, permittedProfile } from "./permitted.ts";

const base = "/api/v1/cert-manager/certificate-profiles/:id/certificates";

const listQuery = z.object({
  offset: z.coerce.number().min(0).default(0),
  limit: z.coerce.number().min(1).max(100).default(20),
  status: z.enum(["active", "expired", "revoked"]).optional(),
  search: z.string().optional(),
});

const noBundle = { certificate: null, certificateChain: null, privateKey: null, serialNumber: null };

/** The certificates of a profile. */
export function registerCertificateProfiles(routes: Routes): void {
  const { state } = routes;
  const current = (certificate: IssuedCertificate) => statusOf(certificate, state.clock.now());

  routes.authenticated("GET", `${base}/latest-active-bundle`, (request) => {
    const profile = permittedProfile(routes, request, idOf(request, "id"));
    const latest = state.certificates.issuedFrom(profile).find((one) => current(one) === "active");
    return latest ? permittedBundle(request, latest) : noBundle;
  });

  routes.authenticated("GET", base, (request) => {
    const id = idOf(request, "id");
    const { offset, limit, status, search = "" } = validate(listQuery, request.query);
    const wanted = search.toLowerCase();
    const certificates = state.certificates
      .issuedFrom(permittedProfile(routes, request, id))
      .filter((one) => status === undefined || current(one) === status)
      .filter(({ commonName, serialNumber }) =>
        [commonName, serialNumber].some((text) => text.toLowerCase().includes(wanted)),
      );
    return {
      certificates: certificates.slice(offset, offset + limit).map((certificate) => ({
        id: certificate.id,
        serialNumber: certificate.serialNumber,
        cn: certificate.commonName,
        status: current(certificate),
        notBefore: certificate.notBefore,
        notAfter: certificate.notAfter,
        revokedAt: certificate.revokedAt,
        createdAt: certificate.createdAt,
      })),
    };
  });
}
