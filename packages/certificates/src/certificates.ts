import {
  type CallOptions,
  type Duration,
  definePlugin,
  type HttpClient,
  InfisicalSDKError,
  type Plugin,
  type PluginContext,
} from "@infisical/core";
import { apiPath, fieldsOf, parseCallArguments, parseTimeout } from "@infisical/core/authoring";
import { type BundleResponse, bundleOf, type CertificateBundle } from "./bundle.ts";
import { type IssueCertificateOptions, issueCertificate } from "./issue.ts";
import { type ListCertificatesOptions, type ListedCertificate, listCertificates } from "./list.ts";
import { type CertificateRequest, readBundle, readState } from "./request-state.ts";
import { waitForRequest } from "./wait-for-request.ts";

/**
 * How to ask for the state of a certificate request.
 *
 * @example
 * const request = await client.certificates().getRequest("a-request-id", { wait: "2m" });
 */
export interface GetCertificateRequestOptions extends CallOptions {
  /**
   * How long to wait for a request that is not decided yet: milliseconds or a string such as `"2m"`, up to 24 days.
   *
   * @defaultValue none: the call resolves to the state of the request
   */
  readonly wait?: Duration | undefined;
}

/** The methods of `client.certificates()`. Every one rejects with an `InfisicalSDKError`; see `docs/errors.md`. */
export interface CertificatesApi {
  /**
   * Asks for a certificate of a profile.
   *
   * Sent at most once; never retried when the outcome is unknown. After `CONNECTION_LOST`, `TIMEOUT`, `INVALID_RESPONSE` and
   * the statuses 502 to 504, an unknown certificate might exist: `list` shows it.
   *
   * Not every certificate is issued at once: a profile can require an approval, and an authority can take its time. Without
   * `wait` the call then resolves to the state of the request; so it does when the time to wait has passed, and when the
   * request was rejected or has failed.
   *
   * @param options - The profile, what the certificate says, and how long to wait for it.
   * @returns The request; `bundle` is the certificate if it is issued.
   * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the profile does not exist. `BAD_REQUEST`: its policy forbids what was
   * asked for. `FORBIDDEN`: the identity is not allowed to issue certificates of this profile.
   *
   * @example
   * import { certificates } from "@infisical/certificates";
   * import { createClient } from "@infisical/core";
   * const client = createClient({ plugins: [certificates()] });
   * const issue = (profileId: string) =>
   *   client.certificates().issue({ profileId, attributes: { commonName: "shop.example.com" }, wait: "2m" });
   */
  issue(options: IssueCertificateOptions): Promise<CertificateRequest>;
  /**
   * Gets the state of a certificate request, and the certificate if it is issued.
   *
   * @param certificateRequestId - The id that `issue` has returned.
   * @param options - How long to wait for a decision; not at all by default.
   * @returns The request.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the request does not exist.
   */
  getRequest(
    certificateRequestId: string,
    options?: GetCertificateRequestOptions,
  ): Promise<CertificateRequest>;
  /**
   * Gets a certificate with its chain and its private key, also one that has expired or was revoked.
   *
   * @param certificateId - The certificate's id.
   * @param options - A signal and a time limit; none by default.
   * @returns The certificate; without a `privateKey` if that was made elsewhere.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the certificate does not exist. `FORBIDDEN`: the identity is not allowed to read
   * private keys, even if the server does not have this one.
   */
  getBundle(certificateId: string, options?: CallOptions): Promise<CertificateBundle>;
  /**
   * Gets the newest certificate of a profile that is valid now, with its chain and its private key.
   *
   * @param profileId - The profile's id.
   * @param options - A signal and a time limit; none by default.
   * @returns The certificate; `undefined` if none is valid.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the profile does not exist. `FORBIDDEN`: the identity is not allowed to read
   * private keys.
   */
  getLatestBundle(profileId: string, options?: CallOptions): Promise<CertificateBundle | undefined>;
  /**
   * Lists the certificates of a profile, the newest first, without their contents.
   *
   * @param profileId - The profile's id.
   * @param options - Which of them; the first 20 by default.
   * @returns One page of them; the server does not tell how many there are.
   * @throws {InfisicalSDKRequestError} `NOT_FOUND`: the profile does not exist.
   */
  list(profileId: string, options?: ListCertificatesOptions): Promise<readonly ListedCertificate[]>;
}

/** The plugin that adds `client.certificates()`. */
export type CertificatesPlugin = Plugin<"certificates", CertificatesApi>;

const assertNoOptions = fieldsOf({});

/**
 * Adds `client.certificates()`: issuing, reading and listing certificates of a profile.
 *
 * @param options - None exist; every option is refused.
 * @returns A plugin for the client's `plugins`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option was passed.
 *
 * @example
 * import { certificates } from "@infisical/certificates";
 * import { createClient } from "@infisical/core";
 * const client = createClient({ plugins: [certificates()] });
 * const latest = (profileId: string) => client.certificates().getLatestBundle(profileId);
 */
export function certificates(options?: Readonly<Record<string, never>>): CertificatesPlugin {
  assertNoOptions("", options);
  return definePlugin("certificates", createCertificatesApi);
}

const callRules = {};
const waitRules = { "wait?": parseTimeout };

/** Creates the methods of `client.certificates()`. */
export function createCertificatesApi(context: PluginContext): CertificatesApi {
  const { http } = context;
  return {
    async issue(options) {
      return issueCertificate(context, options);
    },
    async getRequest(value, options = {}) {
      const given = { call: "getRequest", name: "certificateRequestId", value, options };
      const [id, { signal, timeout, wait }] = parseCallArguments(given, waitRules);
      const request = await readState(http, id, { signal, timeout });
      return wait === undefined
        ? request
        : waitForRequest(context, request, { signal, timeout, wait: wait as number });
    },
    async getBundle(value, options = {}) {
      const given = { call: "getBundle", name: "certificateId", value, options };
      return readBundle(http, ...parseCallArguments(given, callRules));
    },
    async getLatestBundle(value, options = {}) {
      const given = { call: "getLatestBundle", name: "profileId", value, options };
      return readLatestBundle(http, ...parseCallArguments(given, callRules));
    },
    async list(profileId, options = {}) {
      return listCertificates(http, profileId, options);
    },
  };
}

async function readLatestBundle(
  http: HttpClient,
  profileId: string,
  { signal, timeout }: CallOptions,
): Promise<CertificateBundle | undefined> {
  const latest = await http.request<{
    readonly [Field in keyof BundleResponse]?: BundleResponse[Field] | null;
  }>({
    operation: "certificates.getLatestBundle",
    method: "GET",
    path: apiPath`/api/v1/cert-manager/certificate-profiles/${{ profileId }}/certificates/latest-active-bundle`,
    target: { profileId },
    signal,
    timeout,
    expect: {
      "certificate?": "string",
      "certificateChain?": "string",
      "privateKey?": "string",
      "serialNumber?": "string",
    },
  });
  const { certificate, serialNumber } = latest;
  // Where none is valid, the fields are there, and null.
  if (certificate === null) return undefined;
  if (certificate !== undefined && serialNumber) return bundleOf(latest as BundleResponse);
  throw new InfisicalSDKError("The response's `certificate` or `serialNumber` is missing.", {
    code: "INVALID_RESPONSE",
  });
}
