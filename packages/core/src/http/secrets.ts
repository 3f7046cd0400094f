/** Headers without secrets; the value of any other may be the key to a gateway. */
const publicHeaders = new Set([
  ...["accept", "content-type", "if-none-match", "user-agent"],
  // Headers of the signed AWS request in a login's body.
  ...["host", "content-length", "x-amz-date"],
]);

/** Words that name the kind of a credential but are not credentials themselves. */
const scheme = /^(?:basic|bearer|token|digest|apikey)$/i;

/** Body fields that say what a request is about, if the API itself names the fields. */
const publicField =
  /^(?:.*(?:Id|Slug|Name|Path)s?|.*(?:Algorithm|TTL)|environment|name|path|type|mode|slug|secretKey|keyUsage|ttl|emails|usernames|template|color|Action|Format|Timestamp|(?:Signature)?(?:Version|Method))$/;

/** Body fields whose inner names the user chooses, so that a name says nothing about its value. */
const freeField = /^(?:.*metadata|inputs|data|config)$/i;

/** The secrets that a request carries: its token, the keys in its headers, and what its body holds. */
export function* requestSecrets(
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
): Generator<string> {
  yield* headerSecrets(headers);
  if (body !== undefined) yield* bodySecrets(JSON.parse(body));
}

function* headerSecrets(headers: Readonly<Record<string, string>>): Generator<string> {
  for (const [name, value] of Object.entries(headers)) {
    if (publicHeaders.has(name.toLowerCase())) continue;
    yield value;
    for (const part of value.startsWith("AWS4-") ? signatureOf(value) : value.split(/[\s,;]+/)) {
      // One cookie of several, a token without its scheme.
      const word = part.replace(/^[\w-]+=(?=[^=])/, "");
      if (scheme.test(word)) continue;
      yield word;
      if (/^basic /i.test(value)) yield* userAndPassword(word);
    }
  }
}

/** The rest of a signed header names the key, the region and the signed headers. */
function signatureOf(authorization: string): string[] {
  return /(?<=Signature=)\w+/.exec(authorization) ?? [];
}

function* userAndPassword(base64: string): Generator<string> {
  const text = fromBase64(base64);
  if (text !== undefined) yield text.slice(text.indexOf(":") + 1);
}

/** Smaller numbers are ports, limits and counts. */
const smallestSecretNumber = 1e5;

/** All texts of a value except those that say what it is about. */
export function* bodySecrets(value: unknown): Generator<string> {
  const pending: { value: unknown; field: string; free: boolean }[] = [{ value, field: "", free: false }];
  for (const each of pending) {
    if (typeof each.value === "string") {
      if (!each.free && publicField.test(each.field)) continue;
      yield each.value;
      yield* signedHeaders(each.value);
    } else if (typeof each.value === "number") {
      if (Math.abs(each.value) >= smallestSecretNumber && !publicField.test(each.field))
        yield String(each.value);
    } else if (typeof each.value === "object" && each.value !== null) {
      const isList = Array.isArray(each.value);
      const free = each.free || freeField.test(each.field);
      for (const [name, inner] of Object.entries(each.value)) {
        // Metadata entries are `{ key, value }`: the key is a name.
        if (name === "key" && /metadata$/i.test(each.field)) continue;
        pending.push({ value: inner, field: isList ? each.field : name, free });
      }
    }
  }
}

/** The headers of a signed request inside another one, as base64 of their JSON. */
function* signedHeaders(text: string): Generator<string> {
  if (!text.startsWith("eyJ")) return;
  try {
    const headers: unknown = JSON.parse(fromBase64(text) ?? "");
    if (typeof headers !== "object" || headers === null) return;
    const texts = Object.entries(headers).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    );
    yield* headerSecrets(Object.fromEntries(texts));
  } catch {
    // Not headers.
  }
}

function fromBase64(text: string): string | undefined {
  try {
    return atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return undefined;
  }
}

/** How many login secrets are kept, since a late response can still repeat them. */
const mostOfLogins = 16;

/** The secrets that a client holds besides those of a request: credentials, tokens, and leases in use. */
export class HeldSecrets {
  readonly #inUse = new Set<Iterable<string>>();
  readonly #ofLogins = new Set<string>();

  /** Keeps the texts of a value out of every error until the returned function is called. */
  hold(value: unknown): () => void {
    const texts = { [Symbol.iterator]: () => bodySecrets({ data: value }) };
    this.#inUse.add(texts);
    return () => {
      this.#inUse.delete(texts);
    };
  }

  /** Keeps out of every error the credentials in a login's body, or the token in its response. */
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
