import { readMarker, removeVariables, variableNames } from "./environment.ts";
import { parseMarker, setByParent } from "./marker.ts";

/** Whether a parent process has set all variables of a configuration, and none of them was removed since. */
export async function hasVariablesOf(configuration: string): Promise<boolean> {
  const marker = parseMarker(readMarker());
  if (marker?.configuration !== configuration) return false;
  return (await setByParent(marker, variableNames())).length === marker.names.size;
}

/**
 * Removes the variables that a parent process has set from secrets.
 *
 * They are of another project or environment, or are about to be read again: kept, they would count as existing
 * variables do.
 */
export async function removeInherited(): Promise<void> {
  const marker = parseMarker(readMarker());
  if (marker) removeVariables(await setByParent(marker, variableNames()));
}
