/** Body fields that identify things. Every other field is treated as secret. */
const addressField =
  /(?:Id|Slug|Name|Path|Algorithm|environment|^name|^path|^type|^mode|^slug|^secretKey|^keyUsage)$/;

/** Headers that hold nothing secret; the value of any other may be the key to a gateway. */
const publicHeaders: readonly string[] = ["accept", "content-type", "if-none-match", "user-agent"];

/** Shorter texts occur in any message by chance; removing them would make it unreadable. */
const shortestSecret = 4;

/** Removes from a text whatever this request had to keep secret, in case the server repeated it. */
export type Redact = <Value>(value: Value) => Value;

/** Makes the redaction for one request: its token, the keys in its headers, and what its body carried. */
export function redaction(headers: Readonly<Record<string, string>>, body: string | undefined): Redact {
  const secrets = new Set<string>();
  for (const [name, value] of Object.entries(headers)) {
    if (!publicHeaders.includes(name)) collect(value.replace(/^Bearer /, ""), secrets);
  }
  if (body !== undefined) collect(JSON.parse(body), secrets);
  const longestFirst = [...secrets].sort((a, b) => b.length - a.length);
  return (value) => replace(value, longestFirst) as typeof value;
}

function collect(value: unknown, secrets: Set<string>, field = ""): void {
  if (typeof value === "string") {
    if (value.length < shortestSecret || addressField.test(field)) return;
    secrets.add(value);
    // A server that repeats the body repeats it as JSON, with quotes and line breaks escaped.
    secrets.add(JSON.stringify(value).slice(1, -1));
  } else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value))
      collect(inner, secrets, Array.isArray(value) ? field : name);
  }
}

function replace(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") {
    return secrets.reduce((text, secret) => text.replaceAll(secret, "[redacted]"), value);
  }
  if (Array.isArray(value)) return value.map((item) => replace(item, secrets));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map((entry) => entry.map((part: unknown) => replace(part, secrets))),
  );
}
