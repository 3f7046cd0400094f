import { folderPath, requireText } from "@infisical/core/authoring";
import type { DynamicSecretLocation } from "./options.ts";

/** Checks where dynamic secrets are, and gives it as servers know it. */
export function checkLocation({ projectSlug, environmentSlug, path = "/" }: DynamicSecretLocation): {
  readonly projectSlug: string;
  readonly environmentSlug: string;
  readonly path: string;
} {
  return {
    projectSlug: requireText("projectSlug", projectSlug),
    environmentSlug: requireText("environmentSlug", environmentSlug),
    path: folderPath("path", path),
  };
}
