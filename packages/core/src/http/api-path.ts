import { optionError } from "../errors/option-error.ts";

/** One path parameter, written `{ secretName }` so that an error can name it. */
export type PathParameter = Readonly<Record<string, string>>;

/**
 * Builds a path in which no parameter can leave its place.
 *
 * Every parameter is encoded. An empty one, `.` and `..` are refused, because no server can tell them from
 * a shorter path.
 *
 * @param literals - The fixed parts.
 * @param parameters - The parameters, each an object of one field: `${{ secretName }}`.
 * @returns The path.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: a parameter cannot stand in a path.
 *
 * @example
 * import { apiPath } from "@infisical/core/authoring";
 * apiPath`/api/v3/secrets/raw/${{ secretName: "a/b" }}`; // "/api/v3/secrets/raw/a%2Fb"
 */
export function apiPath(literals: TemplateStringsArray, ...parameters: readonly PathParameter[]): string {
  return literals.reduce((path, literal, index) => path + encode(parameters[index - 1]) + literal);
}

function encode(parameter: PathParameter | undefined): string {
  const [name = "path parameter"] = Object.keys(parameter ?? {});
  const value = parameter?.[name];
  if (typeof value !== "string" || value === "") throw optionError(name, "must be a non-empty string", value);
  if (value === "." || value === "..") throw optionError(name, 'must not be "." or ".."', value);
  try {
    return encodeURIComponent(value);
  } catch {
    throw optionError(name, "must be well-formed Unicode");
  }
}
