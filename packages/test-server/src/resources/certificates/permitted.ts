import { z } from "zod";
import { requirePermission } from "../../api/permissions.ts";
import type { AuthenticatedRequest, Routes } from "../../api/routes.ts";
import { validate } from "../../api/schemas.ts";
import { found } from "../projects/project.ts";
import type { IssuedCertificate, Profile } from "./certificate-manager.ts";

/** The profile with this id, if the identity is allowed to read it. */
export function permittedProfile({ state }: Routes, { identity }: AuthenticatedRequest, id: string): Profile {
  const profile = found(state.certificates.profiles.get(id), "Certificate profile not found");
  requirePermission(identity, profile.project, "read", "certificate-profiles");
  return profile;
}

/** A certificate with its chain and its key, if the identity is allowed to read both. */
export function permittedBundle({ identity }: AuthenticatedRequest, certificate: IssuedCertificate) {
  const { project } = certificate.profile;
  requirePermission(identity, project, "read", "certificates");
  requirePermission(identity, project, "read-private-key", "certificates");
  return {
    certificate: certificate.certificate,
    certificateChain: certificate.chain.join("\n"),
    privateKey: certificate.privateKey ?? null,
    serialNumber: certificate.serialNumber,
  };
}

/** The id that a path names. */
export function idOf({ parameter }: AuthenticatedRequest, name: string): string {
  return String(validate(z.object({ [name]: z.string().uuid() }), { [name]: parameter(name) })[name]);
}
