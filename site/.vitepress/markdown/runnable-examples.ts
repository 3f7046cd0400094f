import type { MarkdownEnv, MarkdownRenderer } from "vitepress";
import { isRun } from "../../../tests/documentation/example-blocks.mjs";
import { runsInPage } from "../../playground/runs-in-page.mjs";
import { sourceOf } from "../pages.ts";

/**
 * Wraps each example that the tests of the documentation run, and that a page can run too, in a `RunnableExample`, as
 * README.md describes.
 */
export function runnableExamples(md: MarkdownRenderer): void {
  const { fence } = md.renderer.rules;
  if (fence === undefined) throw new Error("VitePress has no renderer of code blocks.");
  md.renderer.rules.fence = (tokens, index, options, env: MarkdownEnv, self) => {
    const block = fence(tokens, index, options, env, self);
    const { info = "", content = "", map } = tokens[index] ?? {};
    const file = sourceOf(env);
    const [, language = "", note = ""] = /^(\S*)\s*(.*)$/.exec(info.trim()) ?? [];
    if (file === undefined || !isRun({ language, note }) || !runsInPage(content)) return block;
    // The first line behind the fence, counted from 1.
    const line = (map?.[0] ?? 0) + 2;
    return `<RunnableExample code="${encode(content)}" file="${file}" line="${line}">${block}</RunnableExample>`;
  };
}

/** Encodes a text for an attribute of a Vue template. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll("'", "%27");
}
