import type { MovableClock } from "../clock.ts";
import { badRequest } from "../http/api-error.ts";
import type { DynamicSecretsOptions } from "../options.ts";
import type { DynamicSecret, Lease } from "../state/dynamic-secret-entities.ts";
import type { Identifiers } from "../state/identifiers.ts";
import { Issuer } from "./issuer.ts";
import { RevocationFailures } from "./revocation-failures.ts";
import { ttlToMilliseconds } from "./ttl.ts";

/** The fields of a request for a lease. */
export interface NewLease {
  /** An empty one counts as none. */
  readonly ttl: string | undefined;
  readonly config: unknown;
  readonly identityName: string;
}

/** Every lease of the server, each until it is deleted or expires. */
export class Leases {
  readonly revocationFailures: RevocationFailures = new RevocationFailures();
  readonly issuer: Issuer;
  readonly #clock: MovableClock;
  readonly #identifiers: Identifiers;
  readonly #limit: number;
  readonly #byId = new Map<string, Lease>();
  /** Expired leases: each is revoked once, whatever the outcome. */
  readonly #ended = new Set<Lease>();
  readonly #inProgress = new Map<object, Promise<void>>();

  constructor(clock: MovableClock, identifiers: Identifiers, options: DynamicSecretsOptions) {
    this.issuer = new Issuer(clock, identifiers, options.issuer);
    this.#clock = clock;
    this.#identifiers = identifiers;
    this.#limit = options.leaseLimit ?? 10_000;
  }

  all(): Lease[] {
    return [...this.#byId.values()];
  }

  byId(id: string): Lease | undefined {
    return this.#byId.get(id);
  }

  /** Creates a lease. */
  async create(dynamicSecret: DynamicSecret, { ttl, config, identityName }: NewLease): Promise<Lease> {
    if (dynamicSecret.leases.size >= this.#limit) {
      throw badRequest(`Max lease limit reached. Limit: ${this.#limit}`);
    }
    const now = this.#clock.now();
    const expireAt = now + ttlToMilliseconds(ttl || dynamicSecret.defaultTTL);
    if (expireAt > now + maxTtl(dynamicSecret)) throw badRequest("TTL cannot be larger than max TTL");
    const issued = await this.issuer.issue(dynamicSecret, { expireAt, config, identityName });
    const timestamp = new Date(this.#clock.now()).toISOString();
    const lease: Lease = {
      id: this.#identifiers.uuid(),
      version: 1,
      externalEntityId: issued.username,
      expireAt: new Date(expireAt).toISOString(),
      status: null,
      statusDetails: null,
      config,
      createdAt: timestamp,
      updatedAt: timestamp,
      dynamicSecret,
      data: issued.data,
    };
    this.#byId.set(lease.id, lease);
    dynamicSecret.leases.set(lease.id, lease);
    this.#wakeAtEnd(lease);
    return lease;
  }

  /** Extends a lease: the TTL is added to its expiry. */
  async renew(lease: Lease, ttl: string | undefined): Promise<void> {
    const { dynamicSecret } = lease;
    const expireAt = Date.parse(lease.expireAt) + ttlToMilliseconds(ttl || dynamicSecret.defaultTTL);
    if (expireAt > Date.parse(lease.createdAt) + maxTtl(dynamicSecret)) {
      throw badRequest("TTL cannot be larger than max ttl");
    }
    await this.issuer.renew(lease, expireAt);
    lease.expireAt = new Date(expireAt).toISOString();
    this.#ended.delete(lease);
    this.#touch(lease);
    this.#wakeAtEnd(lease);
  }

  /** Revokes a lease and forgets it, or records why that failed. When forced, it is forgotten in any case. */
  async delete(lease: Lease, { isForced }: { readonly isForced: boolean }): Promise<void> {
    while (this.#inProgress.has(lease)) await this.#inProgress.get(lease);
    if (this.#byId.has(lease.id)) await this.#track(lease, this.#delete(lease, isForced));
  }

  /** Revokes every lease of a dynamic secret that is being deleted, without delaying the response. */
  deleteAllOf(dynamicSecret: DynamicSecret, whenDone: () => void): void {
    const leases = [...dynamicSecret.leases.values()];
    const deletions = leases.map((lease) => this.delete(lease, { isForced: false }));
    const work = Promise.all(deletions).then(() => {
      const failed = leases.find(({ id }) => this.#byId.has(id));
      if (!failed) return whenDone();
      dynamicSecret.status = failed.status;
      dynamicSecret.statusDetails = failed.statusDetails;
    });
    void this.#track(dynamicSecret, work);
  }

  /** Forgets every lease of a dynamic secret without revoking it. */
  forgetAllOf(dynamicSecret: DynamicSecret): void {
    for (const lease of dynamicSecret.leases.values()) this.#forget(lease);
  }

  /** Revokes expired leases, and resolves when no revocation is in progress. */
  async settle(): Promise<void> {
    const now = this.#clock.now();
    for (const lease of this.#byId.values()) {
      if (Date.parse(lease.expireAt) > now || this.#ended.has(lease)) continue;
      this.#ended.add(lease);
      void this.delete(lease, { isForced: false });
    }
    await Promise.all(this.#inProgress.values());
  }

  async #delete(lease: Lease, isForced: boolean): Promise<void> {
    try {
      await this.#revoke(lease);
    } catch (error) {
      if (!isForced) return this.#noteFailure(lease, error);
    }
    this.#forget(lease);
  }

  async #track(subject: object, work: Promise<void>): Promise<void> {
    this.#inProgress.set(subject, work);
    await work;
    this.#inProgress.delete(subject);
  }

  async #revoke(lease: Lease): Promise<void> {
    this.revocationFailures.throwIfOrdered(lease.dynamicSecret.name);
    await this.issuer.revoke(lease);
  }

  #forget(lease: Lease): void {
    this.#byId.delete(lease.id);
    this.#ended.delete(lease);
    lease.dynamicSecret.leases.delete(lease.id);
  }

  #noteFailure(lease: Lease, error: unknown): void {
    lease.status = "Failed to delete";
    lease.statusDetails = (error instanceof Error ? error.message : String(error)).slice(0, 255);
    this.#touch(lease);
  }

  #touch(lease: Lease): void {
    lease.updatedAt = new Date(this.#clock.now()).toISOString();
  }

  #wakeAtEnd(lease: Lease): void {
    this.#clock.alarm(Date.parse(lease.expireAt), () => void this.settle());
  }
}

function maxTtl({ maxTTL }: DynamicSecret): number {
  return maxTTL ? ttlToMilliseconds(maxTTL) : Number.POSITIVE_INFINITY;
}
