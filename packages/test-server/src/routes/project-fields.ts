import { type ZodTypeAny, z } from "zod";
import { trimmed } from "./schemas.ts";

/** The version of the secrets API: with `workspaceId` and `projectSlug` (v3), or with `projectId` (v4). */
export type SecretsApiVersion = "v3" | "v4";

/** The fields that name the project in a body, the same for both versions after validation. */
export interface ProjectFields {
  readonly workspaceId?: string | undefined;
  readonly projectId?: string | undefined;
  readonly projectSlug?: string | undefined;
}

/** The schema of those fields. In v3 the slug can replace the id. */
export function projectFields(apiVersion: SecretsApiVersion, body: unknown): Record<string, ZodTypeAny> {
  if (apiVersion === "v4") return { projectId: trimmed };
  const hasSlug = z.object({ projectSlug: z.string() }).safeParse(body).success;
  return { workspaceId: hasSlug ? trimmed.optional() : trimmed, projectSlug: trimmed.optional() };
}
