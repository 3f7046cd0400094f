import type { Plugin } from "@infisical/core";
import { readOption, readVariable } from "@infisical/core/authoring";
import type { InfisicalSDKOptions } from "./infisical-sdk.ts";

/**
 * The options of `InfisicalSDK.fromEnvironment()`. What they contain is not read from the environment.
 *
 * @typeParam Plugins - The plugins of one's own.
 */
export interface FromEnvironmentOptions<Plugins extends readonly Plugin[] = readonly Plugin[]>
  extends InfisicalSDKOptions<Plugins> {
  /**
   * The variables to read, by name.
   *
   * @defaultValue the variables of the process
   */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

/** Returns how a variable is read: in the record, or in the process if there is none. */
export function readerOf(
  variables: FromEnvironmentOptions["environment"],
): (name: string) => string | undefined {
  if (variables === undefined) return readVariable;
  return (name) => {
    const value: unknown = readOption("environment", () =>
      Object.hasOwn(variables, name) ? variables[name] : undefined,
    );
    return (typeof value === "string" && value.trim()) || undefined;
  };
}
