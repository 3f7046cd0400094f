import { type ZodTypeAny, z } from "zod";
import { secretMetadata, secretValue, trimmed } from "./schemas.ts";

/** The fields of a new secret, alone or in a batch. */
export const newSecretFields: Readonly<Record<string, ZodTypeAny>> = {
  secretValue,
  secretComment: trimmed.default(""),
  secretMetadata: secretMetadata.optional(),
  tagIds: z.array(z.string()).optional(),
  skipMultilineEncoding: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  secretReminderRepeatDays: z.number().nullish(),
  secretReminderNote: z.string().max(1024).nullish(),
};

/** A free-form record that batches and updates accept, and creations do not. It has no effect. */
export const freeFormMetadata: ZodTypeAny = z.record(z.string()).optional();

/** The fields of an update, alone or in a batch. Omitted fields keep their value. */
export const changedSecretFields: Readonly<Record<string, ZodTypeAny>> = {
  ...newSecretFields,
  metadata: freeFormMetadata,
  secretValue: secretValue.optional(),
  secretComment: trimmed.optional(),
  skipMultilineEncoding: z.boolean().nullish(),
  newSecretName: trimmed.min(1).optional(),
};
