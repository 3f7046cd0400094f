import { optionError } from "../errors/make-error.ts";
import { normalizeSiteUrl } from "../http/url.ts";

/** Returns a variable without white space around it; `undefined` if it is not set or blank. */
type ReadVariable = (name: string) => string | undefined;

/** The names of one thing: ours, and two of the CLI's. */
const addressVariables = ["INFISICAL_SITE_URL", "INFISICAL_API_URL", "INFISICAL_DOMAIN"] as const;

const headersVariable = "INFISICAL_CUSTOM_HEADERS";

/**
 * Reads the server's address from `INFISICAL_SITE_URL`, `INFISICAL_API_URL` or `INFISICAL_DOMAIN`.
 *
 * @param read - Returns a variable, such as `readVariable`.
 * @returns The address; `undefined` if none of them is set.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: one is not an address, or two differ. The message shows neither.
 *
 * @example
 * import { readVariable, siteUrlFrom } from "@infisical/core/authoring";
 * const siteUrl = siteUrlFrom(readVariable) ?? "https://app.infisical.com";
 */
export function siteUrlFrom(read: ReadVariable): string | undefined {
  const given = addressVariables.flatMap((name) => {
    const text = read(name);
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
 * Reads the headers in `INFISICAL_CUSTOM_HEADERS`, in the CLI's form: `Name=value Other="a value with spaces"`.
 *
 * @param read - Returns a variable, such as `readVariable`.
 * @returns The headers by name, without `User-Agent` and `Accept`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: it has another form. The message does not show it, since it may be a
 * credential for a gateway.
 *
 * @example
 * import { headersFrom } from "@infisical/core/authoring";
 * headersFrom(() => "X-Gateway=shop"); // { "X-Gateway": "shop" }
 */
export function headersFrom(read: ReadVariable): Readonly<Record<string, string>> {
  const text = read(headersVariable) ?? "";
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
