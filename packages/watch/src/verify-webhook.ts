import { type Clock, type Duration, InfisicalSDKError } from "@infisical/core";
import { fieldsOf, optionError, systemClock, toMilliseconds } from "@infisical/core/authoring";
import { parseWebhookPayload, type WebhookPayload } from "./webhook-payload.ts";

/**
 * A request of a webhook, and what proves that it is one.
 *
 * @example
 * import { verifyWebhook } from "@infisical/watch";
 * const receive = (body: string, signature: string, secret: string) =>
 *   verifyWebhook({ body, signature, secret, tolerance: "1m", clock: { now: () => Date.now() } });
 */
export interface VerifyWebhookOptions {
  /** The body, exactly as it was received: its text or its bytes, never what a JSON parser made of it. */
  readonly body: string | Uint8Array;
  /** The header `x-infisical-signature`. A request without it is refused. */
  readonly signature: string | readonly string[] | null | undefined;
  /** The webhook's secret; several while it is being replaced. */
  readonly secret: string | readonly string[];
  /**
   * How old the request may be, and how far ahead of the clock: milliseconds or a string such as `"5m"`.
   *
   * @defaultValue "5m"
   */
  readonly tolerance?: Duration | undefined;
  /**
   * What tells the time.
   *
   * @defaultValue the machine's clock
   */
  readonly clock?: Pick<Clock, "now"> | undefined;
}

const parseOptions = fieldsOf({
  body: requireBody,
  "signature?": requireHeader,
  secret: requireSecrets,
  "tolerance?": toMilliseconds,
  "clock?": requireClock,
});

interface ParsedOptions {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly signature?: string;
  readonly secret: readonly string[];
  readonly tolerance?: number;
  readonly clock?: Pick<Clock, "now">;
}

/**
 * Checks that a request comes from a webhook of Infisical, and returns what it says.
 *
 * The same request can arrive twice within `tolerance`, so do only what may be done twice: read the secrets again.
 *
 * @param options - The request, and the webhook's secret; see {@link VerifyWebhookOptions}.
 * @returns What the webhook sent.
 * @throws {InfisicalSDKError} `WEBHOOK_REFUSED`: the header is missing or malformed, the signature is not of this body and
 * secret, or the request is too old. `INVALID_OPTION`: an option breaks a rule; an empty secret would let anybody in.
 *
 * @example
 * import { verifyWebhook } from "@infisical/watch";
 * async function receive(request: Request, secret: string): Promise<Response> {
 *   const body = await request.text();
 *   const signature = request.headers.get("x-infisical-signature");
 *   const { event, project } = await verifyWebhook({ body, signature, secret });
 *   console.log(event, project.environment, project.secretPath);
 *   return new Response(null, { status: 204 });
 * }
 */
export async function verifyWebhook(options: VerifyWebhookOptions): Promise<WebhookPayload> {
  const parsed = parseOptions("", options) as unknown as ParsedOptions;
  const { body, signature, secret, tolerance = 5 * 60_000, clock = systemClock } = parsed;
  if (signature === undefined) throw refused("it has no header x-infisical-signature");
  const [, time, hex] = /^\s*t=(\d{1,15});([\da-f]{64})\s*$/i.exec(signature) ?? [];
  if (time === undefined || hex === undefined) {
    throw refused(
      "the header x-infisical-signature is not of the form t=<milliseconds>;<64 hexadecimal digits>",
    );
  }
  const mac = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  if (!(await isSigned(body, mac, secret))) {
    throw refused(
      "its signature is not that of this body with this secret; the body must be exactly as it was received",
    );
  }
  const payload = parseWebhookPayload(body);
  if (!payload) throw refused("its body is signed, but it is not that of a webhook");
  // The header's time is not signed, the body's is.
  if (payload.timestamp !== Number(time)) throw refused("the header has another time than the body");
  const age = clock.now() - payload.timestamp;
  if (!(Math.abs(age) <= tolerance)) {
    throw refused(
      `it is ${age > 0 ? "too old" : "from the future"}: ${Math.abs(age)} ms, and tolerance is ${tolerance}`,
    );
  }
  return payload;
}

/** Whether one of the secrets made the signature. All are tried, each in constant time. */
async function isSigned(
  body: Uint8Array<ArrayBuffer>,
  mac: Uint8Array<ArrayBuffer>,
  secrets: readonly string[],
): Promise<boolean> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const verdicts = secrets.map(async (secret) => {
    const bytes = new TextEncoder().encode(secret);
    const key = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["verify"]);
    return crypto.subtle.verify("HMAC", key, mac, body);
  });
  return (await Promise.all(verdicts)).includes(true);
}

function refused(why: string): InfisicalSDKError {
  return new InfisicalSDKError(`The webhook was refused: ${why}.`, { code: "WEBHOOK_REFUSED" });
}

/** Copies the bytes, so that nobody changes them while their signature is checked. */
function requireBody(option: string, value: unknown): unknown {
  if (typeof value === "string") return new TextEncoder().encode(value);
  if (ArrayBuffer.isView(value)) {
    return Uint8Array.from(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  }
  throw optionError(
    option,
    "must be the text or the bytes of the request as received, not what was parsed from them: use express.raw() in " +
      "Express, addContentTypeParser with parseAs in Fastify, c.req.text() in Hono, request.text() in Next.js",
    value,
  );
}

function requireHeader(option: string, value: unknown): string | undefined {
  if (value === null) return undefined;
  const header = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (typeof header === "string") return header;
  throw optionError(option, "must be the header x-infisical-signature, or undefined where it is missing");
}

function requireSecrets(option: string, value: unknown): readonly string[] {
  const secrets: readonly unknown[] = Array.isArray(value) ? [...value] : [value];
  if (secrets.length > 0 && secrets.every((secret) => typeof secret === "string" && secret.trim() !== "")) {
    return secrets as readonly string[];
  }
  throw optionError(
    option,
    "must be the webhook's secret, or a list of secrets, none of them empty: anybody can sign with an empty one",
  );
}

function requireClock(option: string, value: unknown): unknown {
  if (typeof (Object(value) as Partial<Clock>).now === "function") return value;
  throw optionError(option, "must be an object with now()", value);
}
