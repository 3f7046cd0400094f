import { type Duration, type HttpClient, type InfisicalErrorCode, isInfisicalError } from "@infisical/core";
import {
  fieldsOf,
  optionError,
  parseTimeout,
  readOption,
  requireText,
  withinTime,
} from "@infisical/core/authoring";

/** How a client's health is checked. */
export interface InfisicalHealthOptions<Key extends string = string> {
  /**
   * What the result is called in the report.
   *
   * @defaultValue "infisical"
   */
  readonly key?: Key | undefined;
  /**
   * How long the check may take, retries included: milliseconds or a string such as `"3s"`.
   *
   * @defaultValue "3s"
   */
  readonly timeout?: Duration | undefined;
}

/** The health of a client, as health indicators of `@nestjs/terminus` say it. */
export interface InfisicalHealth {
  /** Whether the server answered, and accepted the login. */
  readonly status: "up" | "down";
  /** Why it is down. */
  readonly code?: InfisicalErrorCode | "UNKNOWN";
}

const parseOptions = fieldsOf({ "key?": requireText, "timeout?": parseTimeout });

/**
 * Checks that a client can reach its server and is logged in: a health indicator for `@nestjs/terminus` 11 and 12.
 *
 * It works without terminus too, which is not imported. It asks for the server's status, after a login if there is none yet, and
 * reads no secret. The result contains an error's code at most, since health reports are often public.
 *
 * @param client - The client: an `InfisicalSDK`, or what `createClient` returns.
 * @param options - See {@link InfisicalHealthOptions}.
 * @returns The result under its key, in the form of terminus.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option breaks a rule, or the first argument is not a client.
 *
 * @example
 * import { infisicalHealth } from "@infisical/nestjs";
 * import { InfisicalSDK, tokenAuth } from "@infisical/sdk";
 * const client = new InfisicalSDK({ auth: tokenAuth({ token: "a-token" }) });
 * // In a controller: `this.health.check([() => infisicalHealth(this.infisical)])`.
 * const check = () => infisicalHealth(client, { key: "secrets", timeout: "1s" });
 */
export async function infisicalHealth<Key extends string = "infisical">(
  client: Pick<HttpClient, "request">,
  options: InfisicalHealthOptions<Key> = {},
): Promise<Record<Key, InfisicalHealth>> {
  const parsed = parseOptions("", options) as InfisicalHealthOptions<Key>;
  const { key = "infisical" as Key, timeout = 3_000 } = parsed;
  const request: unknown = readOption("client", () => Object(client).request);
  if (typeof request !== "function") {
    throw optionError("client", "must be an InfisicalSDK, or what createClient returns");
  }
  try {
    await withinTime(timeout as number, "The check", undefined, (signal) =>
      request.call(client, { method: "GET", path: "/api/status", signal }),
    );
    return { [key]: { status: "up" } } as Record<Key, InfisicalHealth>;
  } catch (error) {
    const code = isInfisicalError(error) ? error.code : "UNKNOWN";
    return { [key]: { status: "down", code } } as Record<Key, InfisicalHealth>;
  }
}
