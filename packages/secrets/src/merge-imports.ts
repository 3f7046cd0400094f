import type { ImportedSecret, Secret, SecretImport } from "./secret.ts";

/**
 * Gives a folder's own secrets, then what its imports add: the last import wins, as in the server's own get.
 *
 * Linear in the number of secrets. Nothing of the response is changed; an imported secret only gains the path
 * that it was imported from, which the server states once for the whole import.
 */
export function mergeImports(
  own: readonly Secret[],
  imports: readonly SecretImport[] = [],
): (Secret | ImportedSecret)[] {
  const seen = new Set(own.map((secret) => secret.secretKey));
  const merged: (Secret | ImportedSecret)[] = [...own];
  for (const { secrets, secretPath } of [...imports].reverse()) {
    for (const secret of secrets) {
      if (seen.has(secret.secretKey)) continue;
      seen.add(secret.secretKey);
      merged.push({ secretPath, ...secret });
    }
  }
  return merged;
}
