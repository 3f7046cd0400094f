import type { HttpRequest } from "@infisical/core";
import { checkLocation } from "../checks/check-location.ts";
import type { SecretLocation } from "../options/location.ts";
import type { Spelling, WriteMethod } from "./spelling.ts";

/** What one write has that others have not. */
interface Write extends Pick<HttpRequest, "path" | "expect"> {
  readonly method: WriteMethod;
  /** The fields beside the location. */
  readonly fields: object;
}

/** The request for a write, of one secret or of many: the location goes into the body, with every method. */
export function writeRequest(
  spelling: Spelling,
  options: SecretLocation,
  { method, path, fields, expect }: Write,
): HttpRequest {
  const { projectId, ...place } = checkLocation(options);
  return {
    method,
    path,
    body: { ...spelling.project(projectId), ...place, ...fields },
    signal: options.signal,
    timeout: options.timeout,
    expect,
  };
}
