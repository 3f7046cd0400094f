import type { Recording } from "#test-kit";

type Body = Record<string, unknown>;

/** What the exchanges so far have shown of the recorded server, for the rules that need it. */
export class History {
  readonly #versions = new Map<string, Body>();
  readonly #expired = new Set<string>();

  /** Adds a recorded exchange. */
  note({ request, response }: Recording): void {
    const { secret, message } = response.body as { secret?: Body; message?: unknown };
    if (secret && request.method !== "GET")
      this.#versions.set(`${secret["id"]} ${secret["version"]}`, secret);
    if (message === expiredMessage) this.#expired.add(presentedToken(request));
  }

  /** A version of a secret, from the response to the write that created it. */
  version(id: unknown, version: number): Body | undefined {
    return this.#versions.get(`${id} ${version}`);
  }

  /** Whether the token of this request was refused before as expired. */
  knowsExpired(request: Recording["request"]): boolean {
    return this.#expired.has(presentedToken(request));
  }
}

/** The message of older servers for an expired token. */
export const expiredMessage = "Failed to renew MI access token due to TTL expiration";

function presentedToken({ headers, body }: Recording["request"]): string {
  const fromBody = (body as { accessToken?: string } | undefined)?.accessToken;
  return fromBody ?? headers["authorization"]?.slice("Bearer ".length) ?? "";
}
