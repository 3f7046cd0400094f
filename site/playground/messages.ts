import type { SentFiles } from "./worker/module-files.ts";

/** What the page tells the worker. */
export type ToWorker =
  | { readonly kind: "start"; readonly code: string; readonly placeholders: string }
  | ({ readonly kind: "files"; readonly name: string } & SentFiles);

/** What an example does, as the page hears of it. */
export type FromWorker =
  /** It has printed a line. */
  | { readonly kind: "line"; readonly text: string }
  /** It has printed a line by `console.warn` or `console.error`. */
  | { readonly kind: "warning"; readonly text: string }
  /** It has failed. */
  | { readonly kind: "error"; readonly text: string }
  /** Its last statement has run. */
  | { readonly kind: "done" }
  /** It was ended, since it printed without end. */
  | { readonly kind: "stopped"; readonly text: string }
  /** It imports a module, which the page has the files of. */
  | { readonly kind: "need"; readonly name: string };

/**
 * Reads a message. Examples can send anything, so nothing is taken for granted.
 *
 * @returns `undefined` for what is not one.
 */
export function readMessage(data: unknown): FromWorker | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const { kind, text, name } = data as Record<string, unknown>;
  if (kind === "done") return { kind };
  if (kind === "need" && typeof name === "string") return { kind, name };
  const hasText = kind === "line" || kind === "warning" || kind === "error" || kind === "stopped";
  return hasText && typeof text === "string" ? { kind, text } : undefined;
}
