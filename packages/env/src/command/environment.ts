import { markerName } from "../environment.ts";
import { markerOf } from "../marker.ts";

/**
 * Adds the marker by which a preload in a child process finds that the variables are set already.
 *
 * @param variables - What the child gets from secrets.
 * @param configuration - The hash of the configuration that a child would read by itself.
 */
export async function withMarker(
  variables: Readonly<Record<string, string>>,
  configuration: string,
): Promise<Readonly<Record<string, string>>> {
  return { ...variables, [markerName]: await markerOf(configuration, Object.keys(variables)) };
}

/** Returns the environment of this process with variables added. Where names are case-insensitive, it has each once. */
export function environmentWith(
  variables: Readonly<Record<string, string>>,
  platform: string = process.platform,
): Record<string, string> {
  const canonical = (name: string): string => (platform === "win32" ? name.toUpperCase() : name);
  const added = new Set(Object.keys(variables).map(canonical));
  const own = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || added.has(canonical(name)) ? [] : [[name, value] as const],
  );
  return Object.fromEntries([...own, ...Object.entries(variables)]);
}
