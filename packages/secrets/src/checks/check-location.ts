import { optionError } from "@infisical/core";
import type { SecretLocation } from "../options/location.ts";
import { checkText } from "./check-shape.ts";

/** Checks where secrets are, and gives the path as servers know it. */
export function checkLocation({ projectId, environment, secretPath = "/" }: SecretLocation): {
  readonly projectId: string;
  readonly environment: string;
  readonly secretPath: string;
} {
  return {
    projectId: checkText("projectId", projectId),
    environment: checkText("environment", environment),
    secretPath: checkPath("secretPath", secretPath),
  };
}

/** Checks a folder's path. One without a slash at its start gets it: servers find nothing there, and say so only on writes. */
export function checkPath(option: string, path: string): string {
  const text = checkText(option, path).trim();
  const rooted = text.startsWith("/") ? text : `/${text}`;
  if (/\/\/|\/\.{1,2}(?:\/|$)/.test(rooted)) {
    throw optionError(option, 'must have no empty part, "." or ".." between its slashes', path);
  }
  return rooted;
}
