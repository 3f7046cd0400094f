import { inspect } from "node:util";
import { onTestFinished } from "vitest";

/** The process warnings during a test, printed in full. */
export function warningsOf(): string[] {
  const warnings: string[] = [];
  const listen = (warning: Error): unknown => warnings.push(inspect(warning));
  process.on("warning", listen);
  onTestFinished(() => void process.off("warning", listen));
  return warnings;
}
