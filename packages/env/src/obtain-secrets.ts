import { type InfisicalErrorCode, InfisicalSDKError, isInfisicalError } from "@infisical/core";
import { optionError, rewordRequestError, withinTime } from "@infisical/core/authoring";
import { type FallbackFile, keepSecrets, readKeptSecrets } from "./fallback-file.ts";
import { describeExactly } from "./identity.ts";
import type { CheckedOptions } from "./options.ts";
import type { Place } from "./place.ts";
import { readSecrets } from "./read-secrets.ts";
import type { ReadSecret } from "./variables.ts";

/** Secrets, and where they come from. */
export interface Obtained {
  readonly secrets: readonly ReadSecret[];
  /** What is known of the fallback file, if they come from there. */
  readonly fallback?: {
    /** In milliseconds. */
    readonly age: number;
    /** The code of the error for which the file was used. */
    readonly reason: InfisicalErrorCode;
  };
}

/** The failures of a server that cannot be reached, or cannot answer. All others are answers. */
const outages: readonly InfisicalErrorCode[] = [
  "CONNECTION_LOST",
  "GATEWAY_ERROR",
  "RATE_LIMITED",
  "SERVER_ERROR",
  "TIMEOUT",
  "UNREACHABLE",
];

/**
 * Reads secrets from the server, or what the fallback file kept if the server cannot be reached.
 *
 * @throws {InfisicalSDKError} What the read throws; with a fallback file that cannot be used, the message says why.
 */
export async function obtainSecrets(
  place: Place,
  options: CheckedOptions,
  timeout: number,
): Promise<Obtained> {
  const file = fallbackOf(place, options);
  let secrets: readonly ReadSecret[];
  try {
    secrets = await withinTime(timeout, "Reading the secrets", options.signal, (ended) =>
      readSecrets(place, timeout, ended),
    );
  } catch (error) {
    if (!file || !isInfisicalError(error) || !outages.includes(error.code)) throw error;
    return fromFile(file, error);
  }
  if (file) await keepSecrets(file, { secrets, savedAt: Date.now() });
  return { secrets };
}

function fallbackOf(place: Place, { fallback, fallbackKey }: CheckedOptions): FallbackFile | undefined {
  if (fallback === undefined) return undefined;
  if (fallbackKey === undefined) {
    throw optionError(
      "fallbackKey",
      "must be given with fallback; if it is omitted, INFISICAL_ENV_FALLBACK_KEY must be set",
    );
  }
  return { path: fallback, key: fallbackKey, context: describeExactly(place) };
}

async function fromFile(file: FallbackFile, outage: Error & { code: InfisicalErrorCode }): Promise<Obtained> {
  try {
    const { secrets, savedAt } = await readKeptSecrets(file);
    // A clock that was set back since makes them new, not younger than new.
    return { secrets, fallback: { age: Math.max(0, Date.now() - savedAt), reason: outage.code } };
  } catch (problem) {
    throw withText(outage, ` The fallback file ${file.path} ${(problem as Error).message}.`);
  }
}

function withText(error: unknown, addition: string): unknown {
  if (!isInfisicalError(error)) return error;
  if (error.name === "InfisicalSDKRequestError") return rewordRequestError(error, (text) => text + addition);
  return new InfisicalSDKError(error.message + addition, { code: error.code });
}
