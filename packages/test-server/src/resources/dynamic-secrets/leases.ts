import { badRequest } from "../../api/api-error.ts";
import type { Identifiers } from "../../api/server-state.ts";
import { count, type ObjectOf, object, optional, text } from "../../engine/check.ts";
import type { MovableClock } from "../../engine/clock.ts";
import type { DynamicSecretsOptions } from "../../options.ts";
import { type DynamicSecret, type Lease, ttlToMilliseconds } from "./dynamic-secret.ts";
import { type IssueRequest, Issuer } from "./issuer.ts";

export const revocationFailure = object({
  /**
   * How many revocations fail; `Infinity` for all.
   *
   * @defaultValue 1
   */
  times: optional(count),
  /**
   * The provider's message, which becomes the `statusDetails`.
   *
   * @defaultValue a sentence that names this server
   */
  message: optional(text),
  /**
   * The name of the dynamic secret whose leases are affected.
   *
   * @defaultValue any dynamic secret
   */
  dynamicSecretName: optional(text),
});

/** Which revocations fail. */
export interface RevocationFailure extends ObjectOf<typeof revocationFailure.fields> {}

/** The fields of a request for a lease. An empty TTL counts as none. */
export interface NewLease extends Omit<IssueRequest, "expireAt"> {
  readonly ttl: string | undefined;
}

/** Every lease of the server, each until it is deleted or expires. */
export class Leases {
  readonly issuer: Issuer;
  readonly #clock: MovableClock;
  readonly #identifiers: Identifiers;
  readonly #limit: number;
  readonly #byId = new Map<string, Lease>();
  /** Expired leases: each is revoked once, whatever the outcome. */
  readonly #ended = new Set<Lease>();
  readonly #failures: { left: number; readonly failure: RevocationFailure }[] = [];
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

  /** Makes the next revocations fail. */
  failRevocations(failure: RevocationFailure): void {
    this.#failures.push({ left: failure.times ?? 1, failure });
  }

  async create(dynamicSecret: DynamicSecret, { ttl, config, identityName }: NewLease): Promise<Lease> {
    if (dynamicSecret.leases.size >= this.#limit) {
      throw badRequest(`Max lease limit reached. Limit: ${this.#limit}`);
    }
    const now = this.#clock.now();
    const expireAt = now + ttlToMilliseconds(ttl || dynamicSecret.defaultTTL);
    if (expireAt > now + maxTtl(dynamicSecret)) throw badRequest("TTL cannot be larger than max TTL");
    const issued = await this.issuer.issue(dynamicSecret, { expireAt, config, identityName });
    const createdAt = new Date(this.#clock.now()).toISOString();
    const lease: Lease = {
      id: this.#identifiers.uuid(),
      version: 1,
      ...issued,
      expireAt: new Date(expireAt).toISOString(),
      status: null,
      statusDetails: null,
      config,
      createdAt,
      updatedAt: createdAt,
      dynamicSecret,
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
      const message = "The requested renewal would exceed the maximum allowed lease duration.";
      throw badRequest(`${message} Please choose a shorter TTL`);
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
      this.#failIfOrdered(lease.dynamicSecret);
      await this.issuer.revoke(lease);
    } catch (error) {
      if (!isForced) {
        lease.status = "Failed to delete";
        lease.statusDetails = (error instanceof Error ? error.message : String(error)).slice(0, 255);
        return this.#touch(lease);
      }
    }
    this.#forget(lease);
  }

  async #track(subject: object, work: Promise<void>): Promise<void> {
    this.#inProgress.set(subject, work);
    await work;
    this.#inProgress.delete(subject);
  }

  #failIfOrdered({ name }: DynamicSecret): void {
    const order = this.#failures.find(
      ({ left, failure }) => left > 0 && (failure.dynamicSecretName ?? name) === name,
    );
    if (!order) return;
    order.left -= 1;
    throw new Error(order.failure.message ?? "@infisical/test-server failed this revocation as ordered");
  }

  #forget(lease: Lease): void {
    this.#byId.delete(lease.id);
    this.#ended.delete(lease);
    lease.dynamicSecret.leases.delete(lease.id);
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
