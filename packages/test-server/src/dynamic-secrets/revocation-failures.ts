/** Which revocations fail. */
export interface RevocationFailure {
  /**
   * How many revocations fail; `Infinity` for all.
   *
   * @defaultValue 1
   */
  readonly times?: number | undefined;
  /**
   * The provider's message, which becomes the `statusDetails`.
   *
   * @defaultValue a sentence that names this server
   */
  readonly message?: string | undefined;
  /**
   * The name of the dynamic secret whose leases are affected.
   *
   * @defaultValue any dynamic secret
   */
  readonly dynamicSecretName?: string | undefined;
}

/** The revocations that a test has ordered to fail. */
export class RevocationFailures {
  #ordered: { left: number; readonly failure: RevocationFailure }[] = [];

  add(failure: RevocationFailure): void {
    this.#ordered.push({ left: failure.times ?? 1, failure });
  }

  /** Throws if a test has ordered the next revocation to fail. */
  throwIfOrdered(dynamicSecretName: string): void {
    const order = this.#ordered.find(
      ({ left, failure }) =>
        left > 0 && (failure.dynamicSecretName ?? dynamicSecretName) === dynamicSecretName,
    );
    if (!order) return;
    order.left -= 1;
    throw new Error(order.failure.message ?? "@infisical/test-server failed this revocation as ordered");
  }
}
