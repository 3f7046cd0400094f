import { normalizeSiteUrl, optionError } from "@infisical/core/authoring";

/** Where Infisical Cloud asks for client certificates; its usual port does not. */
const cloudPort = "8443";
const cloud = /^https:\/\/(?:app|eu|us)\.infisical\.com$/;

const loopback = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Checks the option `loginUrl`, and returns it as an origin. */
export function parseLoginUrl(option: string, value: unknown): string {
  const url = normalizeSiteUrl(option, value);
  if (new URL(url).pathname !== "/") throw optionError(option, "must not have a path", value);
  assertSecure(option, url);
  return url;
}

/**
 * Where a login goes: to `loginUrl`, with the path of the client's address, or where the server asks for certificates.
 *
 * @param siteUrl - The client's address.
 */
export function loginAddress(loginUrl: string | undefined, siteUrl: string): string {
  if (loginUrl !== undefined) return loginUrl + new URL(siteUrl).pathname.replace(/\/$/, "");
  if (cloud.test(siteUrl)) return `${siteUrl}:${cloudPort}`;
  assertSecure("siteUrl", siteUrl);
  return siteUrl;
}

/** Without TLS, nobody is shown the certificate. */
function assertSecure(option: string, url: string): void {
  const { protocol, hostname } = new URL(url);
  if (protocol === "https:" || loopback.test(hostname)) return;
  throw optionError(option, "must begin with https://: without TLS, a login presents no certificate", url);
}
