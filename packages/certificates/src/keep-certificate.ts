import type { Duration } from "@infisical/core";
import {
  contextOf,
  oneOf,
  optionError,
  own,
  parseCallOptions,
  parseLifetime,
  readOption,
  requireFlag,
  requireText,
  systemClock,
} from "@infisical/core/authoring";
import { type CertificateAttributes, parseAttributes } from "./attributes.ts";
import { parseCertificateRequest } from "./certificate-request.ts";
import { issuedBy, latestOf } from "./certificate-source.ts";
import { type CertificatesApi, createCertificatesApi } from "./certificates.ts";
import { Keeper } from "./keeper.ts";
import type { KeptCertificate } from "./kept-certificate.ts";

/** What certificates are kept through: a client, an `InfisicalSDK`, or for tests any object with `certificates()`. */
export interface CertificateClient {
  /** Returns what logs in; every client has it. */
  auth?(): unknown;
  /** Returns what issues certificates; a client needs the plugin only for calls of its own. */
  certificates?(): Pick<CertificatesApi, "issue" | "getRequest" | "getLatestBundle">;
}

/**
 * Which certificate to keep, and how.
 *
 * @example
 * import { keepCertificate } from "@infisical/certificates";
 * const certificate = keepCertificate(client, {
 *   profileId,
 *   applicationId: "0c4f7b1e-6b5c-4c6a-9a7e-1b0d4a2f8c33",
 *   attributes: { commonName: "shop.example.com" },
 *   removeRootsFromChain: true,
 *   renewBefore: "7d",
 *   timeout: "1m",
 *   signal: AbortSignal.timeout(86_400_000),
 * });
 */
export interface KeepCertificateOptions {
  /** The id of the certificate profile. */
  readonly profileId: string;
  /** The id of the application, for a profile that is attached to applications only. Newer servers. */
  readonly applicationId?: string | undefined;
  /** What the certificate says; the profile's defaults for what is left out. Each certificate starts when it is issued. */
  readonly attributes?: Omit<CertificateAttributes, "notBefore" | "notAfter"> | undefined;
  /**
   * Where certificates come from:
   * - `"issue"`: each one is issued for this process alone.
   * - `"latest"`: the newest one of the profile, with its key, is read; somebody else issues it. Many processes can share it.
   *
   * @defaultValue "issue"
   */
  readonly source?: "issue" | "latest" | undefined;
  /**
   * Whether this process makes the private key, a new one for each certificate, and sends only a CSR. Needs
   * `attributes.commonName` or `altNames`, and the packages `@peculiar/x509` and `reflect-metadata`. Not with `"latest"`.
   *
   * @defaultValue false: the server makes the key
   */
  readonly localKey?: boolean | undefined;
  /**
   * How long before its end a certificate is renewed: milliseconds or a string such as `"7d"`. At most two thirds of its life,
   * and up to a tenth earlier, so that not all processes renew at the same time.
   *
   * @defaultValue a third of its life
   */
  readonly renewBefore?: Duration | undefined;
  /**
   * Whether the chain ends below the root, which those who trust it have anyway. Only with `"issue"`.
   *
   * @defaultValue false
   */
  readonly removeRootsFromChain?: boolean | undefined;
  /** Ends it; what waits for a certificate then rejects with its reason. None by default. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long one attempt of a request may take: milliseconds or a string such as `"10s"`.
   *
   * @defaultValue the client's `timeout`
   */
  readonly timeout?: Duration | undefined;
}

const rules = {
  profileId: requireText,
  "applicationId?": requireText,
  "attributes?": parseAttributes,
  "source?": oneOf("issue", "latest"),
  "localKey?": requireFlag,
  "renewBefore?": parseRenewBefore,
  "removeRootsFromChain?": requireFlag,
};

/**
 * Keeps a certificate: issues it now, and renews it in time for as long as the process runs.
 *
 * While a renewal fails, the last certificate is kept, and the renewal is tried again after 30 seconds at first, then up to an
 * hour later, sooner when the end is near. The event `failed` tells; without a listener, a process warning does. A request
 * that needs an approval is looked at until it is decided. An attempt whose outcome is unknown is never sent again as it is;
 * the next one asks for another certificate, so that one may exist that nobody uses.
 *
 * Before the first certificate, a refusal that waiting cannot mend, such as `FORBIDDEN` or a rejected request, ends it. After
 * it, only `close`, `signal` and the end of the client do. Waiting keeps no process alive.
 *
 * Each process has a certificate of its own, unless it only reads the `"latest"`.
 *
 * @param client - A client, or an `InfisicalSDK`.
 * @param options - Which certificate, and how; see {@link KeepCertificateOptions}.
 * @returns The certificate and its future. It begins once the caller has returned.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: the client or an option breaks a rule.
 *
 * @example
 * import { keepCertificate } from "@infisical/certificates";
 * import { createClient } from "@infisical/core";
 * const client = createClient();
 * const certificate = keepCertificate(client, { profileId: "a-profile", attributes: { commonName: "shop.example.com" } });
 * certificate.addEventListener("failed", ({ error, expiresAt }) => console.error(error, expiresAt));
 * certificate.close();
 */
export function keepCertificate(client: CertificateClient, options: KeepCertificateOptions): KeptCertificate {
  const context = readOption("client", () => contextOf(client));
  // A bundle of an `InfisicalSDK` does not have what its accessor loads, but it has this.
  const api = context ? createCertificatesApi(context) : readOption("client", () => apiOf(client));
  const parsed = parseCallOptions(options, rules);
  const { source = "issue", localKey = false, attributes = {}, signal, renewBefore } = parsed;
  assertTogether(parsed);
  const { profileId, applicationId, removeRootsFromChain, timeout } = parsed;
  const csr = localKey ? contentOf(attributes) : undefined;
  const asked = { profileId, applicationId, attributes, removeRootsFromChain, csr, timeout };
  const keeper = new Keeper({
    source: source === "latest" ? latestOf(api, asked) : issuedBy(api, asked),
    isShared: source === "latest",
    renewBefore: renewBefore as number | undefined,
    clock: context?.clock ?? systemClock,
    client: context,
    signal,
  });
  return keeper as unknown as KeptCertificate;
}

/** What a CSR says of attributes. */
function contentOf(attributes: CertificateAttributes): ReturnType<typeof parseCertificateRequest> {
  const { ttl: _, basicConstraints: __, signatureAlgorithm, ...content } = attributes;
  if (signatureAlgorithm !== undefined) {
    throw optionError("attributes.signatureAlgorithm", "must be omitted with localKey: the key decides");
  }
  return parseCertificateRequest("attributes", own(content));
}

function assertTogether({ source, localKey, ...options }: KeepCertificateOptions): void {
  const attributes: CertificateAttributes = options.attributes ?? {};
  const date = (["notBefore", "notAfter"] as const).find((name) => attributes[name] !== undefined);
  if (date) {
    throw optionError(`attributes.${date}`, "must be omitted: each renewal needs other dates, so use ttl");
  }
  if (source !== "latest") return;
  const ofIssuing = { ...options, localKey: localKey || undefined };
  const names = ["applicationId", "attributes", "localKey", "removeRootsFromChain"] as const;
  const given = names.find((name) => ofIssuing[name] !== undefined);
  if (given) throw optionError(given, 'must be omitted if source is "latest", which only reads');
}

function parseRenewBefore(option: string, value: unknown): number {
  const milliseconds = parseLifetime(option, value);
  if (milliseconds > 0) return milliseconds;
  throw optionError(option, "must be greater than 0", value);
}

function apiOf(client: unknown): Pick<CertificatesApi, "issue" | "getRequest" | "getLatestBundle"> {
  const { certificates } = Object(client) as Partial<CertificateClient>;
  const api = typeof certificates === "function" ? Object(certificates.call(client)) : {};
  if (typeof api.issue === "function" && typeof api.getLatestBundle === "function") return api;
  throw optionError("client", "must be a client: of createClient(), or new InfisicalSDK()", client);
}
