import { AccessTokens } from "../auth/access-tokens.ts";
import { Identities } from "../auth/identities.ts";
import { KubernetesCluster } from "../clouds/kubernetes-cluster.ts";
import type { ClockedIssuer } from "../clouds/token-issuer.ts";
import { toHex } from "../engine/bytes.ts";
import type { MovableClock } from "../engine/clock.ts";
import { sha256 } from "../engine/crypto.ts";
import type { SecretValidationRuleSeed, TestServerOptions } from "../options.ts";
import type { CertificateAuthorities } from "../resources/certificates/authority.ts";
import { CertificateManager } from "../resources/certificates/certificate-manager.ts";
import { Leases } from "../resources/dynamic-secrets/leases.ts";
import { EventStreams } from "../resources/events/event-streams.ts";
import { Projects } from "../resources/projects/project.ts";
import { rateLimitsOf } from "./rate-limit-options.ts";
import { RateLimiter } from "./rate-limiter.ts";

/** The server's data. A reset creates a new one. */
export class ServerState {
  readonly clock: MovableClock;
  readonly identifiers: Identifiers = new Identifiers();
  readonly organizationId: string;
  readonly organizationSlug = "test-organization";
  readonly projects: Projects = new Projects();
  readonly identities: Identities = new Identities();
  readonly accessTokens: AccessTokens;
  readonly leases: Leases;
  readonly certificates: CertificateManager;
  readonly eventStreams: EventStreams;
  /** `undefined` without limits. */
  readonly rateLimiter: RateLimiter | undefined;
  readonly secretValidationRules: readonly SecretValidationRuleSeed[];
  /** The server's own issuer, which outlives a reset. */
  readonly tokenIssuer: ClockedIssuer;
  readonly cluster: KubernetesCluster = new KubernetesCluster();
  /** Whether logins can make the server send requests to private addresses. */
  readonly allowInternalIpConnections: boolean;
  /** The header of the client's certificate, in lower case. */
  readonly clientCertificateHeader: string;

  constructor(
    clock: MovableClock,
    tokenIssuer: ClockedIssuer,
    authorities: CertificateAuthorities,
    {
      allowInternalIpConnections = true,
      clientCertificateHeader = "x-identity-tls-cert-auth-client-cert",
      dynamicSecrets = {},
      eventStream,
      rateLimits,
      secretValidationRules = [],
    }: Pick<
      TestServerOptions,
      | "allowInternalIpConnections"
      | "clientCertificateHeader"
      | "dynamicSecrets"
      | "eventStream"
      | "rateLimits"
      | "secretValidationRules"
    > = {},
  ) {
    this.clock = clock;
    this.tokenIssuer = tokenIssuer;
    this.allowInternalIpConnections = allowInternalIpConnections;
    this.clientCertificateHeader = clientCertificateHeader.toLowerCase();
    this.organizationId = this.identifiers.uuid();
    this.accessTokens = new AccessTokens(clock, this.identifiers, this.organizationId);
    this.secretValidationRules = secretValidationRules;
    this.leases = new Leases(clock, this.identifiers, dynamicSecrets);
    this.certificates = new CertificateManager(authorities);
    this.eventStreams = new EventStreams(clock, eventStream);
    this.rateLimiter = rateLimits && new RateLimiter(clock, rateLimitsOf(rateLimits));
  }

  /** The fields that every stored entity has, as it is created now. */
  newEntity(): { readonly id: string; readonly createdAt: string; updatedAt: string } {
    const now = this.timestamp();
    return { id: this.identifiers.uuid(), createdAt: now, updatedAt: now };
  }

  /** The current time in the API's format. */
  timestamp(): string {
    return new Date(this.clock.now()).toISOString();
  }
}

/**
 * Ids and client secrets in a fixed order, so that two servers with the same seed have the same ids.
 *
 * They are hashes of a counter: distributed like random ones, and the same in every run.
 */
export class Identifiers {
  #count = 0;
  #requests = 0;

  /** The next UUID, version 4 in form. */
  uuid(): string {
    const hex = this.hex(32);
    const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  /** The next string of up to 64 hexadecimal digits. */
  hex(length: number): string {
    this.#count += 1;
    return toHex(sha256(`infisical-test-server:${this.#count}`)).slice(0, length);
  }

  /** The next request id. It has a separate counter, so that reads do not change the ids of created objects. */
  request(): string {
    this.#requests += 1;
    return `req-${this.#requests.toString(36).padStart(12, "0")}`;
  }
}
