import { z } from "zod";
import { trimmed } from "../../api/schemas.ts";
import { toMilliseconds } from "../../engine/durations.ts";
import { keyKinds, namesOf, postQuantumAlgorithms, signatureAlgorithms } from "./algorithms.ts";
import { altNameTypes } from "./names.ts";
import { extendedKeyUsages, keyUsages } from "./usages.ts";

/** The longest text that the database keeps. */
const longestText = 255;
const longestAltNames = 4096;
const longestLifetime = 100 * 365 * 86_400_000;

/** `null` clears the default of the profile. */
const subjectPart = trimmed.max(longestText).nullish();

const date = trimmed.refine((text) => !Number.isNaN(new Date(text).getTime()), {
  message: "Invalid date format",
});

const altName = z.object({
  type: z.enum(altNameTypes),
  value: trimmed
    .min(1, "SAN value cannot be empty")
    .max(longestText, `SAN value cannot exceed ${longestText} characters`),
});

const attributes = z.object({
  commonName: subjectPart,
  organization: subjectPart,
  organizationalUnit: subjectPart,
  country: subjectPart,
  state: subjectPart,
  locality: subjectPart,
  keyUsages: z.enum(namesOf(keyUsages)).array().max(20).optional(),
  extendedKeyUsages: z.enum(namesOf(extendedKeyUsages)).array().max(20).optional(),
  altNames: z
    .array(altName)
    .max(100, "Cannot exceed 100 subject alternative names")
    .refine(
      (names) => names.map(({ value }) => value).join(",").length <= longestAltNames,
      `Subject alternative names cannot exceed ${longestAltNames} characters in total`,
    )
    .optional(),
  signatureAlgorithm: z.enum([...namesOf(signatureAlgorithms), ...postQuantumAlgorithms]).optional(),
  keyAlgorithm: z.enum([...namesOf(keyKinds), ...postQuantumAlgorithms]).optional(),
  ttl: trimmed
    .max(32)
    .refine((text) => text === "" || isLifetime(text), {
      message: "TTL must be a positive duration that ends within 100 years",
    })
    .optional(),
  basicConstraints: z
    .object({ isCA: z.boolean(), pathLength: z.number().int().min(0).max(255).optional() })
    .optional(),
  notBefore: date.optional(),
  notAfter: date.optional(),
});

/** What a certificate is requested with. */
export const requestBody = z
  .object({
    profileId: z.string().uuid(),
    applicationId: z.string().uuid().optional(),
    csr: trimmed.min(1, "CSR cannot be empty").max(4096, "CSR cannot exceed 4096 characters").optional(),
    attributes: attributes.optional(),
    removeRootsFromChain: z.boolean().default(false),
  })
  .refine(({ attributes: { notBefore, notAfter, ttl } = {} }) => !((notBefore || notAfter) && ttl), {
    message:
      "Cannot specify both TTL and notBefore/notAfter. Use either TTL for duration-based validity or notBefore/notAfter " +
      "for explicit date range.",
  })
  .refine(
    ({ attributes: { notBefore, notAfter } = {} }) =>
      !notBefore || !notAfter || new Date(notBefore) < new Date(notAfter),
    { message: "notBefore must be earlier than notAfter" },
  );

export type Attributes = z.infer<typeof attributes>;

/** How long a certificate is valid, in milliseconds; `undefined` if the text is not a duration. */
export function lifetimeOf(text: string): number | undefined {
  return text.length > 0 && text.length <= 100 ? toMilliseconds(text) : undefined;
}

function isLifetime(text: string): boolean {
  const lifetime = lifetimeOf(text);
  return lifetime !== undefined && lifetime > 0 && lifetime <= longestLifetime;
}
