import { inspect } from "node:util";
import type { InfisicalSDKRequestError } from "@infisical/core";

/** Resolves to what a call rejects with. */
export function failureOf<Failure = InfisicalSDKRequestError>(call: Promise<unknown>): Promise<Failure> {
  return call.then(
    () => {
      throw new Error("The call was expected to fail.");
    },
    (error: Failure) => error,
  );
}

/** Everything that can be printed of a value. */
export function printed(value: unknown): string {
  const stack = value instanceof Error ? value.stack : "";
  return [
    inspect(value, { depth: null, showHidden: true }),
    JSON.stringify(value),
    String(value),
    stack,
  ].join("\n");
}
