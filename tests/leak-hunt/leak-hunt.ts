import { inspect } from "node:util";
import { spellings } from "./spellings.ts";

/** Knows the credentials and values of a run, and everything printable that it made. */
export class LeakHunt {
  readonly #secrets = new Set<string>();
  readonly #printed: string[] = [];

  /** Names what must not be shown. Leaves out texts that a message can contain by chance. */
  hide(...secrets: readonly unknown[]): void {
    for (const secret of secrets) {
      if (typeof secret !== "string" || occursByChance(secret.trim())) continue;
      if (this.#secrets.size < mostSecrets) this.#secrets.add(secret);
    }
  }

  /** Takes what a request carried: its token, and the credentials and values in its body. */
  hideRequest({
    headers,
    body,
  }: {
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
  }): void {
    this.hide(headers["authorization"]?.replace(/^Bearer /, ""));
    const pending: unknown[] = [body];
    for (const value of pending) {
      if (typeof value !== "object" || value === null) continue;
      for (const [name, inner] of Object.entries(value)) {
        if (secretFields.test(name)) this.hide(inner);
        pending.push(inner);
      }
    }
  }

  /** Takes an error, a warning or a text, in every way in which it may be printed. */
  see(value: unknown): void {
    const json = JSON.stringify(value) ?? "";
    const stack = value instanceof Error ? value.stack : "";
    this.#printed.push(
      `${inspect(value, { depth: null, showHidden: true })}\n${json}\n${String(value)}\n${stack}`,
    );
  }

  /** Where a secret shows: its spelling, and what is around it. Forgets everything, for the next test. */
  leaks(): string[] {
    const text = this.#printed.splice(0).join("\n");
    const found: string[] = [];
    for (const secret of this.#secrets) {
      for (const [name, spell] of Object.entries(spellings)) {
        const at = text.indexOf(spell(secret).trim());
        if (at >= 0) found.push(`${name}: …${text.slice(Math.max(0, at - 60), at + 60)}…`);
      }
    }
    this.#secrets.clear();
    return found;
  }
}

/** More secrets of one test say nothing new. */
const mostSecrets = 500;

/** As SECURITY.md says, shorter texts are not hidden. */
const shortest = 8;

/** Names that every object has. Generated texts are full of them: one may be a secret's value, and another's name. */
const namesOfObjects = [Object.prototype, Function.prototype].flatMap(Object.getOwnPropertyNames);

function occursByChance(text: string): boolean {
  return text.length < shortest || namesOfObjects.some((name) => name.includes(text));
}

/** The fields of bodies that hold credentials or values. */
const secretFields = /^(?:clientSecret|jwt|iamRequestHeaders|accessToken|secretValue|plaintext|password)$/;
