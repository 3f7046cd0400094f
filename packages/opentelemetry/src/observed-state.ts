import type { ClientEvent, ObservedClient } from "@infisical/core";
import type { Attributes } from "@opentelemetry/api";
import { defined, serverAttributes } from "./attributes.ts";

/** A lease that was created. */
interface OpenLease {
  readonly provider: string;
  /** In milliseconds since 1970. */
  readonly expiresAt: number;
}

/** What the events of one client say about its token and its leases. */
export class ObservedState {
  /** The server that the client talks to. */
  readonly server: Attributes;
  readonly #now: () => number;
  readonly #leases = new Map<string, OpenLease>();
  #method: string | undefined;
  #owner: Attributes = {};
  /** When the token in use was issued. */
  #issuedAt: number | undefined;

  constructor({ siteUrl, clock }: ObservedClient) {
    this.server = serverAttributes(siteUrl);
    this.#now = () => clock.now();
  }

  /** Who the client acts as, as far as its logins have told. */
  get identity(): Attributes {
    return this.#owner;
  }

  /** The auth method of the last login. */
  get authMethod(): Attributes {
    return defined({ "infisical.identity.auth_method": this.#method });
  }

  /** The age of the token in milliseconds; `undefined` before the first login. */
  get tokenAge(): number | undefined {
    return this.#issuedAt === undefined ? undefined : Math.max(0, this.#now() - this.#issuedAt);
  }

  /** The providers of the leases that are neither revoked nor expired. */
  openLeases(): readonly string[] {
    this.#dropExpired();
    return [...this.#leases.values()].map(({ provider }) => provider);
  }

  /** Notes what an event says. */
  update(event: ClientEvent): void {
    switch (event.type) {
      case "login-ended": {
        if (event.outcome !== "succeeded") return;
        const { identityId, organizationId, strategy } = event;
        this.#issuedAt = event.at;
        this.#method = strategy;
        this.#owner = defined({
          ...this.authMethod,
          "infisical.identity.id": identityId,
          "infisical.organization.id": organizationId,
        });
        return;
      }
      case "lease-created":
        this.#dropExpired();
        this.#leases.set(event.leaseId, event);
        return;
      case "lease-renewed": {
        const lease = this.#leases.get(event.leaseId);
        if (lease) this.#leases.set(event.leaseId, { ...lease, expiresAt: event.expiresAt });
        return;
      }
      case "lease-revoked":
        // The credentials of a lease whose revocation failed work until it expires.
        if (event.outcome === "succeeded") this.#leases.delete(event.leaseId);
        return;
      default:
    }
  }

  #dropExpired(): void {
    const now = this.#now();
    for (const [id, { expiresAt }] of this.#leases) {
      if (!(expiresAt > now)) this.#leases.delete(id);
    }
  }
}
