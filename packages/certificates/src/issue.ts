import {
  type CallOptions,
  type Duration,
  type HttpRequest,
  type InfisicalErrorCode,
  isInfisicalError,
  type PluginContext,
} from "@infisical/core";
import {
  optionError,
  parseCallOptions,
  parseTimeout,
  requireFlag,
  requireText,
  rewordRequestError,
} from "@infisical/core/authoring";
import { assertNextToCsr, type CertificateAttributes, parseAttributes } from "./attributes.ts";
import { type CertificateRequest, type IssueResponse, stateAtOnce } from "./request-state.ts";
import { waitForRequest } from "./wait-for-request.ts";

/**
 * Which certificate to issue.
 *
 * @example
 * import { createCertificateRequest } from "@infisical/certificates";
 * const { csr } = await createCertificateRequest({ commonName: "shop.example.com" });
 * await client.certificates().issue({
 *   profileId,
 *   applicationId: "0c4f7b1e-6b5c-4c6a-9a7e-1b0d4a2f8c33",
 *   csr,
 *   removeRootsFromChain: true,
 *   wait: "2m",
 * });
 */
export interface IssueCertificateOptions extends CallOptions {
  /** The id of the certificate profile. */
  readonly profileId: string;
  /** The id of the application, for a profile that is attached to applications only. Newer servers. */
  readonly applicationId?: string | undefined;
  /**
   * A request for a certificate (PKCS #10) in PEM form, such as `createCertificateRequest` makes: the private key then never
   * leaves its place. By default the server makes a key pair.
   */
  readonly csr?: string | undefined;
  /**
   * What the certificate says; the profile's defaults for what is left out. With a `csr` only `ttl`, `notBefore`, `notAfter`
   * and `basicConstraints`.
   */
  readonly attributes?: CertificateAttributes | undefined;
  /**
   * Whether the chain ends below the root, which those who trust it have anyway.
   *
   * @defaultValue false
   */
  readonly removeRootsFromChain?: boolean | undefined;
  /**
   * How long to wait for a request that is not decided at once: milliseconds or a string such as `"2m"`, up to 24 days. The
   * first look follows after a second, the later ones up to 12 seconds apart.
   *
   * @defaultValue none: the call resolves to the state of the request
   */
  readonly wait?: Duration | undefined;
}

/** The longest CSR that servers accept, in characters. */
const longestCsr = 4096;

const rules = {
  profileId: requireText,
  "applicationId?": requireText,
  "csr?": parseCsr,
  "attributes?": parseAttributes,
  "removeRootsFromChain?": requireFlag,
  "wait?": parseTimeout,
};

/** Asks for a certificate, once, and waits for it if that is wanted. */
export async function issueCertificate(
  context: PluginContext,
  options: IssueCertificateOptions,
): Promise<CertificateRequest> {
  const { signal, timeout, wait, ...body } = parseCallOptions(options, rules);
  if (body.csr !== undefined) assertNextToCsr("attributes", body.attributes ?? {});
  const request: HttpRequest = {
    operation: "certificates.issue",
    method: "POST",
    path: "/api/v1/cert-manager/certificates",
    target: { profileId: body.profileId },
    body,
    signal,
    timeout,
    expect: { certificateRequestId: "string", "status?": "string", "certificate?": certificate },
  };
  const response = await context.http.request<IssueResponse>(request).catch((error: unknown) => {
    throw withAdvice(error);
  });
  const issued = stateAtOnce(response);
  return wait === undefined
    ? issued
    : waitForRequest(context, issued, { wait: wait as number, signal, timeout });
}

const certificate = {
  certificate: "string",
  "certificateChain?": "string",
  "privateKey?": "string",
  serialNumber: "string",
  certificateId: "string",
} as const;

function parseCsr(option: string, value: unknown): string {
  const text = typeof value === "string" ? value.trim() : "";
  // Not repeated: somebody might pass a private key.
  if (text.includes("PRIVATE KEY-----")) {
    throw optionError(option, "must be a certificate request without a private key, which must not be sent");
  }
  if (
    !/^-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----\s[\s\S]*-----END (?:NEW )?CERTIFICATE REQUEST-----$/.test(
      text,
    )
  ) {
    throw optionError(option, "must be a certificate request (PKCS #10) in PEM form");
  }
  if (text.length <= longestCsr) return text;
  throw optionError(option, `must have at most ${longestCsr} characters, got ${text.length}`);
}

/** The codes and the statuses after which nobody knows whether the server has issued a certificate. */
const unknownOutcomes: readonly InfisicalErrorCode[] = [
  "CONNECTION_LOST",
  "TIMEOUT",
  "INVALID_RESPONSE",
  "GATEWAY_ERROR",
];

const gatewayStatuses: readonly number[] = [502, 503, 504];

/** Adds to an error of unknown outcome how to find a certificate that may have been issued. */
function withAdvice(error: unknown): unknown {
  if (!isInfisicalError(error) || error.name !== "InfisicalSDKRequestError") return error;
  const failure = error as Parameters<typeof rewordRequestError>[0];
  const { code, statusCode = 0 } = failure;
  if (!unknownOutcomes.includes(code) && !gatewayStatuses.includes(statusCode)) return error;
  return rewordRequestError(
    failure,
    (text) => `${text} A certificate may have been issued anyway: list shows those of the profile.`,
  );
}
