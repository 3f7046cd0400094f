interface ProcessLike {
  emitWarning?: (text: string, options: { type: string; code: string }) => void;
}

/**
 * Emits a process warning, which Node prints to standard error; does nothing where there is no `process`.
 *
 * @param code - A stable word in capitals, such as `INFISICAL_PLAIN_HTTP`.
 * @param text - What is wrong and what would be right. It must hold no credential.
 *
 * @example
 * import { warn } from "@infisical/core/authoring";
 * warn("ACME_OLD_SERVER", "This server is older than 2024: tags are left out.");
 */
export function warn(code: string, text: string): void {
  const { process } = globalThis as { process?: ProcessLike };
  process?.emitWarning?.(text, { type: "InfisicalWarning", code });
}
