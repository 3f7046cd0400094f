/** Headers that hold nothing secret; the value of any other may be the key to a gateway. */
const publicHeaders = new Set([
  ...["accept", "content-type", "if-none-match", "user-agent"],
  // Of a signed request to AWS, which a login carries in its body.
  ...["host", "content-length", "x-amz-date"],
]);

/** Words that name the kind of a credential and are none themselves. */
const scheme = /^(?:basic|bearer|token|digest|apikey)$/i;

/** Body fields that say what a request is about, where the API itself names the fields. */
const publicField =
  /^(?:.*(?:Id|Slug|Name|Path|Algorithm)|environment|name|path|type|mode|slug|secretKey|keyUsage|tagIds|ttl)$/;

/** Body fields whose content the user names, so that a name says nothing about what it is. */
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

/** The rest of such a header names the key, the region and the headers that are signed. */
function signatureOf(authorization: string): string[] {
  return /(?<=Signature=)\w+/.exec(authorization) ?? [];
}

function* userAndPassword(base64: string): Generator<string> {
  const text = fromBase64(base64);
  if (text !== undefined) yield text.slice(text.indexOf(":") + 1);
}

/** All texts of a value but those that say what it is about. */
export function* bodySecrets(value: unknown): Generator<string> {
  const pending: { value: unknown; field: string; free: boolean }[] = [{ value, field: "", free: false }];
  for (const each of pending) {
    if (typeof each.value === "string") {
      if (!each.free && publicField.test(each.field)) continue;
      yield each.value;
      yield* signedHeaders(each.value);
    } else if (typeof each.value === "object" && each.value !== null) {
      const isList = Array.isArray(each.value);
      const free = each.free || freeField.test(each.field);
      for (const [name, inner] of Object.entries(each.value)) {
        pending.push({ value: inner, field: isList ? each.field : name, free });
      }
    }
  }
}

/** The headers of a signed request inside of another one, as base64 of their JSON. */
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
    // Not such headers.
  }
}

function fromBase64(text: string): string | undefined {
  try {
    return atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return undefined;
  }
}
