import { normalizeSiteUrl, optionError, readOption, readVariable } from "@infisical/core/authoring";
import type { InfisicalSDKOptions } from "./infisical-sdk.ts";

/** The options of `InfisicalSDK.fromEnvironment()`. What they contain is not read from the environment. */
export interface FromEnvironmentOptions extends InfisicalSDKOptions {
  /**
   * The variables to read, by name.
   *
   * @defaultValue the variables of the process
   */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

type Variables = FromEnvironmentOptions["environment"];

/** The names of one thing: ours, and two of the CLI's. */
const addressVariables = ["INFISICAL_SITE_URL", "INFISICAL_API_URL", "INFISICAL_DOMAIN"] as const;

const headersVariable = "INFISICAL_CUSTOM_HEADERS";

function read(variables: Variables, name: string): string | undefined {
  if (variables === undefined) return readVariable(name);
  const value: unknown = readOption("environment", () =>
    Object.hasOwn(variables, name) ? variables[name] : undefined,
  );
  return (typeof value === "string" && value.trim()) || undefined;
}

/**
 * Returns the server's address, from the first variable that is set.
 *
 * @throws {InfisicalSDKError} `INVALID_OPTION`: one is not an address, or two differ. The message shows neither.
 */
export function siteUrlFrom(variables: Variables): string | undefined {
  const given = addressVariables.flatMap((name) => {
    const text = read(variables, name);
    return text === undefined ? [] : [{ name, address: normalizeSiteUrl(name, text) }];
  });
  const [first] = given;
  const other = given.find(({ address }) => address !== first?.address);
  if (first === undefined || other === undefined) return first?.address;
  throw optionError(
    first.name,
    `must be the same address as ${other.name}, or only one of the two must be set`,
  );
}

/** The CLI does not send these two of the variable. */
const leftOut = /^(?:user-agent|accept)$/i;

/**
 * Returns the headers in `INFISICAL_CUSTOM_HEADERS`, in the CLI's form: `Name=value Other="a value with spaces"`.
 *
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it has another form. The message does not show it, since it may be a
 * credential for a gateway.
 */
export function headersFrom(variables: Variables): Readonly<Record<string, string>> {
  const text = read(variables, headersVariable) ?? "";
  const pair = /\s*([^\s=]+)=\s*(?:"((?:\\"|[^"])*)"|'((?:\\'|[^'])*)'|([^\s"']\S*)?)(?=\s|$)/y;
  const headers: Record<string, string> = Object.create(null);
  while (pair.lastIndex < text.length) {
    const [, name = "", inDouble, inSingle, bare] = pair.exec(text) ?? [];
    if (name === "") {
      throw optionError(
        headersVariable,
        "must look like Name=value Other=value; a value with spaces is in quotation marks",
      );
    }
    if (!leftOut.test(name)) headers[name] = inDouble ?? inSingle ?? bare ?? "";
  }
  return headers;
}
