/** A promise that is settled from elsewhere, and that nobody has to wait for. */
export class Deferred<Value> {
  readonly promise: Promise<Value>;
  #settle: [resolve: (value: Value) => void, reject: (reason: unknown) => void] | undefined;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.#settle = [resolve, reject];
    });
    this.promise.catch(() => undefined);
  }

  resolve(value: Value): void {
    this.#settle?.[0](value);
  }

  reject(reason: unknown): void {
    this.#settle?.[1](reason);
  }
}
