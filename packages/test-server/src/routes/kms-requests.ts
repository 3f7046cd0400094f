import { z } from "zod";
import {
  asymmetricAlgorithms,
  type EncryptionAlgorithm,
  type KeyUsage,
  type SigningAlgorithm,
  signingAlgorithms,
  symmetricAlgorithms,
} from "../kms/algorithms.ts";
import { slug, trimmed } from "./schemas.ts";

/** The maximum size of a plaintext, a ciphertext, signed data and a signature, in bytes. */
const longestData = 4096;

const keyName = slug(1, 32, "Name must be slug friendly");
const description = trimmed.max(500).optional();

/** Base64, with or without padding. The real server's message always says "plaintext". */
const base64 = z.string().superRefine((text, context) => {
  const isBase64 = /^(?:[a-z0-9+/]{4})*(?:[a-z0-9+/]{2}(?:==)?|[a-z0-9+/]{3}=?)?$/i.test(text) && text !== "";
  const refuse = (message: string): void => context.addIssue({ code: z.ZodIssueCode.custom, message });
  if (!isBase64) refuse("plaintext must be base64 encoded");
  if (Buffer.from(text, "base64").length > longestData) refuse(`data cannot exceed ${longestData} bytes`);
});

export interface KmsKeyCreation {
  readonly projectId: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly keyUsage: KeyUsage;
  readonly encryptionAlgorithm: EncryptionAlgorithm;
}

export const kmsKeyCreation: z.ZodType<KmsKeyCreation, z.ZodTypeDef, unknown> = z
  .object({
    projectId: z.string(),
    name: keyName,
    description,
    keyUsage: z.enum(["encrypt-decrypt", "sign-verify"]).default("encrypt-decrypt"),
    encryptionAlgorithm: z.enum([...symmetricAlgorithms, ...asymmetricAlgorithms]).default("aes-256-gcm"),
  })
  .superRefine(({ keyUsage, encryptionAlgorithm }, context) => {
    const [kind, valid]: [string, readonly string[]] =
      keyUsage === "encrypt-decrypt"
        ? ["symmetric encryption", symmetricAlgorithms]
        : ["asymmetric sign-verify", asymmetricAlgorithms];
    if (valid.includes(encryptionAlgorithm)) return;
    const message = `encryptionAlgorithm must be a valid ${kind} algorithm. Valid options are: ${valid.join(", ")}`;
    context.addIssue({ code: z.ZodIssueCode.custom, message });
  });

export const kmsKeyUpdate: z.ZodType<
  {
    readonly name?: string | undefined;
    readonly isDisabled?: boolean | undefined;
    readonly description?: string | undefined;
  },
  z.ZodTypeDef,
  unknown
> = z.object({ name: keyName.optional(), isDisabled: z.boolean().optional(), description });

export interface KmsKeyList {
  readonly projectId: string;
  readonly offset: number;
  readonly limit: number;
  readonly orderDirection: "asc" | "desc";
  readonly search?: string | undefined;
}

export const kmsKeyList: z.ZodType<KmsKeyList, z.ZodTypeDef, unknown> = z.object({
  projectId: z.string(),
  offset: z.coerce.number().min(0).default(0),
  limit: z.coerce.number().min(1).max(100).default(100),
  orderBy: z.enum(["name"]).default("name"),
  orderDirection: z.enum(["asc", "desc"]).default("asc"),
  search: trimmed.optional(),
});

export const keyNameParameter: z.ZodType<string, z.ZodTypeDef, unknown> = keyName;

export const projectQuery: z.ZodType<{ projectId: string }, z.ZodTypeDef, unknown> = z.object({
  projectId: z.string().min(1, "Project ID is required"),
});

export const plaintextBody: z.ZodType<{ plaintext: string }, z.ZodTypeDef, unknown> = z.object({
  plaintext: base64,
});

export const ciphertextBody: z.ZodType<{ ciphertext: string }, z.ZodTypeDef, unknown> = z.object({
  ciphertext: base64,
});

export interface SignRequest {
  readonly data: string;
  readonly signingAlgorithm: SigningAlgorithm;
  readonly isDigest: boolean;
}

const signFields = {
  data: base64,
  signingAlgorithm: z.enum(signingAlgorithms),
  isDigest: z.boolean().default(false),
};

export const signBody: z.ZodType<SignRequest, z.ZodTypeDef, unknown> = z.object(signFields);

export const verifyBody: z.ZodType<SignRequest & { readonly signature: string }, z.ZodTypeDef, unknown> =
  z.object({ ...signFields, signature: base64 });
