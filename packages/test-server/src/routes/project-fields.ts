import { type ZodTypeAny, z } from "zod";
import { trimmed } from "./schemas.js";

/** Which API a request is spelled for: `workspaceId` and `projectSlug` (v3), or `projectId` (v4). */
export type Spelling = "v3" | "v4";

/** The fields that name the project in a body, the same for both spellings once they are read. */
export interface ProjectFields {
  readonly workspaceId?: string | undefined;
  readonly projectId?: string | undefined;
  readonly projectSlug?: string | undefined;
}

/** The schema of those fields. On v3 the slug stands in for the id. */
export function projectFields(spelling: Spelling, body: unknown): Record<string, ZodTypeAny> {
  if (spelling === "v4") return { projectId: trimmed };
  const hasSlug = z.object({ projectSlug: z.string() }).safeParse(body).success;
  return { workspaceId: hasSlug ? trimmed.optional() : trimmed, projectSlug: trimmed.optional() };
}
