import type { Recording } from "./recording.js";

type Body = Record<string, unknown>;

/** What the exchanges so far have told of the recorded server, for the rules that need to know. */
export class History {
  readonly #versions = new Map<string, Body>();
  readonly #expired = new Set<string>();

  /** Takes in an exchange as it was recorded. */
  note({ request, response }: Recording): void {
    const { secret, message } = response.body as { secret?: Body; message?: unknown };
    if (secret && request.method !== "GET")
      this.#versions.set(`${secret["id"]} ${secret["version"]}`, secret);
    if (message === expiredMessage) this.#expired.add(presentedToken(request));
  }

  /** A version of a secret, as the write that made it was answered. */
  version(id: unknown, version: number): Body | undefined {
    return this.#versions.get(`${id} ${version}`);
  }

  /** Whether the token of this request was refused before because its time was over. */
  knowsExpired(request: Recording["request"]): boolean {
    return this.#expired.has(presentedToken(request));
  }
}

/** How the server of 2024 said that the lifetime of a token was over. */
export const expiredMessage = "Failed to renew MI access token due to TTL expiration";

function presentedToken({ headers, body }: Recording["request"]): string {
  const fromBody = (body as { accessToken?: string } | undefined)?.accessToken;
  return fromBody ?? headers["authorization"]?.slice("Bearer ".length) ?? "";
}
