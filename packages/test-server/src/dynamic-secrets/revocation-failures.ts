/** Which revocations are to fail. */
export interface RevocationFailure {
  /** How many; `Infinity` for all. Default: 1. */
  readonly times?: number | undefined;
  /** What the provider says, which becomes the `statusDetails`. Default: a sentence that names this server. */
  readonly message?: string | undefined;
  /** Only of leases of the dynamic secret of this name. Default: of any. */
  readonly dynamicSecretName?: string | undefined;
}

/** Revocations that a test has ordered to fail. */
export class RevocationFailures {
  #ordered: { left: number; readonly failure: RevocationFailure }[] = [];

  add(failure: RevocationFailure): void {
    this.#ordered.push({ left: failure.times ?? 1, failure });
  }

  /** Throws if the next revocation is to fail. */
  next(dynamicSecretName: string): void {
    const order = this.#ordered.find(
      ({ left, failure }) =>
        left > 0 && (failure.dynamicSecretName ?? dynamicSecretName) === dynamicSecretName,
    );
    if (!order) return;
    order.left -= 1;
    throw new Error(order.failure.message ?? "@infisical/test-server was told to fail this revocation");
  }
}
