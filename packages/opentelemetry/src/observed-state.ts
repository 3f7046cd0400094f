import type { ClientEvent, ObservedClient } from "@infisical/core";
import type { Attributes } from "@opentelemetry/api";
import { ownerAttributes, serverAttributes } from "./attributes.ts";

/** A lease that was created. */
interface OpenLease {
  readonly provider: string;
  /** In milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A login or a renewal that has succeeded. */
interface Login {
  /** Who the client acted as by then. */
  readonly identity: object | undefined;
  /** When the token was issued, in milliseconds since 1970. */
  readonly at: number;
  readonly method: Attributes;
  readonly owner: Attributes;
}

/** What the events of one client say about its token and its leases. */
export class ObservedState {
  /** The server that the client talks to. */
  readonly server: Attributes;
  readonly #now: () => number;
  readonly #actsAs: ObservedClient["identity"];
  readonly #leases = new Map<string, OpenLease>();
  /** The last login that has succeeded. */
  #login: Login | undefined;

  constructor({ siteUrl, clock, identity }: ObservedClient) {
    this.server = serverAttributes(siteUrl);
    this.#now = () => clock.now();
    this.#actsAs = identity;
  }

  /** Who the client acts as, as far as its logins have told. */
  get identity(): Attributes {
    return this.#known?.owner ?? {};
  }

  /** How the client has logged in. */
  get authMethod(): Attributes {
    return this.#known?.method ?? {};
  }

  /** The age of the token in milliseconds; `undefined` if it is unknown, and before the first login. */
  get tokenAge(): number | undefined {
    return this.#known && Math.max(0, this.#now() - this.#known.at);
  }

  /** The login of the token in use; `undefined` after one from elsewhere has replaced it, or it was revoked. */
  get #known(): Login | undefined {
    return this.#login?.identity === this.#actsAs() ? this.#login : undefined;
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
        const { at, strategy } = event;
        const method = { "infisical.identity.auth_method": strategy };
        this.#login = { identity: this.#actsAs(), at, method, owner: ownerAttributes(event) };
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
