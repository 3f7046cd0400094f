import type { ExportFormat } from "./format.ts";

/** One object, a line for each variable. */
export const jsonFormat: ExportFormat = {
  target: "JSON",
  limits: "",
  holdsName: () => true,
  write: (name, value) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  join: (written) => (written.length === 0 ? "{}\n" : `{\n${written.join(",\n")}\n}\n`),
};
