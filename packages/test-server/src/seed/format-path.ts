/** Formats a path into a value as code: `projects[0].secrets.dev["/app"]`. */
export function formatPath(path: readonly (string | number)[]): string {
  const written = path.map((part) => {
    if (typeof part === "number") return `[${part}]`;
    return /^[\w$]+$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
  });
  return written.join("").replace(/^\./, "") || "options";
}
