import { z } from "zod";
import { type Provider, providerSchema } from "../dynamic-secrets/provider-schema.ts";
import { optionalTtl, ttl } from "../dynamic-secrets/ttl.ts";
import { validate } from "../http/validate.ts";
import type { DynamicSecretMetadata } from "../state/dynamic-secret-entities.ts";
import { secretPath, slug, trimmed } from "./schemas.ts";

/** The location of the dynamic secrets of a request. */
export interface DynamicSecretLocation {
  readonly projectSlug: string;
  readonly environmentSlug: string;
  readonly path: string;
}

interface ContentRequest {
  readonly maxTTL?: string | null | undefined;
  readonly metadata?: readonly DynamicSecretMetadata[] | undefined;
  readonly usernameTemplate?: string | null | undefined;
}

export interface CreateRequest extends DynamicSecretLocation, ContentRequest {
  readonly name: string;
  readonly provider: Provider;
  readonly defaultTTL: string;
}

export interface UpdateRequest extends DynamicSecretLocation {
  readonly data: ContentRequest & {
    readonly inputs?: Readonly<Record<string, unknown>> | undefined;
    readonly defaultTTL?: string | undefined;
    readonly newName?: string | undefined;
  };
}

export interface DeleteRequest extends DynamicSecretLocation {
  readonly isForced: boolean;
}

export interface RenewRequest extends DynamicSecretLocation {
  readonly ttl?: string | undefined;
}

export interface LeaseRequest extends RenewRequest {
  readonly dynamicSecretName: string;
  readonly config?: unknown;
}

const location = { projectSlug: trimmed.min(1), environmentSlug: trimmed.min(1), path: secretPath };

const name = trimmed.toLowerCase().pipe(slug(1, 64));

const content = {
  maxTTL: optionalTtl.nullable().optional(),
  metadata: z.array(z.object({ key: trimmed.min(1), value: trimmed.default("") })).optional(),
  usernameTemplate: trimmed
    .max(255)
    .refine((template) => /^[A-Za-z0-9_\-{}[\].' |]*$/.test(template), {
      message: "Username template has characters that are not allowed",
    })
    .nullish(),
};

export function readLocation(query: unknown): DynamicSecretLocation {
  return validate(z.object(location), query);
}

export function readCreation(body: unknown): CreateRequest {
  return validate(
    z.object({ ...location, ...content, name, provider: providerSchema, defaultTTL: ttl }),
    body,
  );
}

/** The changes are wrapped in `data`. */
export function readUpdate(body: unknown): UpdateRequest {
  const data = z.object({
    ...content,
    inputs: z.record(z.unknown()).optional(),
    defaultTTL: optionalTtl,
    newName: name.optional(),
  });
  return validate(z.object({ ...location, data }), body);
}

export function readDeletion(body: unknown): DeleteRequest {
  return validate(z.object({ ...location, isForced: z.boolean().default(false) }), body);
}

export function readRenewal(body: unknown): RenewRequest {
  return validate(z.object({ ...location, ttl: optionalTtl }), body);
}

export function readLease(body: unknown): LeaseRequest {
  const fields = { dynamicSecretName: z.string().min(1), ttl: optionalTtl, config: z.unknown() };
  return validate(z.object({ ...location, ...fields }), body);
}
