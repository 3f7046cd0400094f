import type { MarkdownEnv, MarkdownRenderer } from "vitepress";

/**
 * Renders what the search finds of a page: of the API reference the exported names, which would otherwise be most of the
 * index, and of every other page its text without code blocks.
 */
export function searchableText(text: string, env: MarkdownEnv, md: MarkdownRenderer): string {
  const lines = text.replaceAll(/^ *```[\s\S]*?^ *```[ \t]*$/gm, "");
  if (!env.relativePath.startsWith("api/")) return md.render(lines, env);
  return md.render((lines.match(/^#{1,3} .*$/gm) ?? []).join("\n\n"), env);
}
