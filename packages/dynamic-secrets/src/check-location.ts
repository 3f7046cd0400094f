import { optionError } from "@infisical/core";
import type { DynamicSecretLocation } from "./options.ts";

/** Checks where dynamic secrets are, and gives it as servers know it. */
export function checkLocation({ projectSlug, environmentSlug, path = "/" }: DynamicSecretLocation): {
  readonly projectSlug: string;
  readonly environmentSlug: string;
  readonly path: string;
} {
  return {
    projectSlug: checkText("projectSlug", projectSlug),
    environmentSlug: checkText("environmentSlug", environmentSlug),
    path: checkPath(path),
  };
}

/** Checks that a text says something. */
export function checkText(option: string, text: unknown): string {
  if (typeof text === "string" && text.trim() !== "") return text;
  throw optionError(option, "must be a non-empty string", text);
}

/** A path without a slash at its start gets it: servers find no folder there. */
function checkPath(path: unknown): string {
  const text = checkText("path", path).trim();
  const rooted = text.startsWith("/") ? text : `/${text}`;
  if (!/\/\/|\/\.{1,2}(?:\/|$)/.test(rooted)) return rooted;
  throw optionError("path", 'must have no empty part, "." or ".." between its slashes', path);
}
