import { bodySecrets } from "./request-secrets.ts";

/** As many as the logins of a client bring along while an answer can still repeat them. */
const mostOfLogins = 50;

/** The secrets that a client holds besides those of a request: credentials, tokens, and leases in use. */
export class HeldSecrets {
  readonly #inUse = new Set<Iterable<string>>();
  readonly #ofLogins = new Set<string>();

  /** Keeps the texts of a value out of every error, until the function that it returns is called. */
  hold(value: unknown): () => void {
    const texts = { [Symbol.iterator]: () => bodySecrets({ data: value }) };
    this.#inUse.add(texts);
    return () => {
      this.#inUse.delete(texts);
    };
  }

  /** Keeps the credentials in a login's body, and the token that it brought. */
  holdLogin(body: unknown): void {
    for (const text of bodySecrets(body)) {
      this.#ofLogins.delete(text);
      this.#ofLogins.add(text);
      const [oldest] = this.#ofLogins;
      if (this.#ofLogins.size > mostOfLogins) this.#ofLogins.delete(oldest as string);
    }
  }

  *[Symbol.iterator](): Generator<string> {
    yield* this.#ofLogins;
    for (const texts of this.#inUse) yield* texts;
  }
}
