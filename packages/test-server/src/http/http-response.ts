/** A complete response of a route; each transport converts it to its own form. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; a repeated header's values are joined by `", "`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty if there is none. */
  readonly body: string;
}

/** Headers with lower-case names. Names that differ only in case are one repeated header. */
export function normalizeHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const normalized: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lowerCase = name.toLowerCase();
    const before = normalized[lowerCase];
    normalized[lowerCase] = before === undefined ? value : `${before}, ${value}`;
  }
  return normalized;
}

/** Statuses whose responses never have a body. */
const withoutBody = [204, 205, 304];

/** A response as it leaves the server: dated by the server's clock, and without a body where HTTP allows none. */
export function asSent({ status, headers, body }: HttpResponse, method: string, now: number): HttpResponse {
  const empty = method === "HEAD" || withoutBody.includes(status);
  return { status, headers: { date: new Date(now).toUTCString(), ...headers }, body: empty ? "" : body };
}
