/** A complete response as the routes make it; each transport gives it its own form. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; a repeated header's values are joined by `", "`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where there is none. */
  readonly body: string;
}

/** Headers whose names are in lower case; names that differ in case only are one repeated header. */
export function normalizeHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const normalized: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lowerCase = name.toLowerCase();
    const before = normalized[lowerCase];
    normalized[lowerCase] = before === undefined ? value : `${before}, ${value}`;
  }
  return normalized;
}
