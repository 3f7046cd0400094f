import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import {
  bracketMatching,
  delimitedIndent,
  indentNodeProp,
  indentUnit,
  LRLanguage,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { parser } from "@lezer/javascript";

/** What the text of an example is edited with. */
export interface Editor {
  text(): string;
  focus(): void;
  destroy(): void;
}

/** Where an editor is, and what it does. */
export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly label: string;
  /** The `id` of what says which keys it knows. */
  readonly describedBy: string;
  /** Is called for Ctrl+Enter, and Cmd+Enter on a Mac. */
  readonly run: () => void;
}

const block = delimitedIndent({ closing: "}" });
const typescript = LRLanguage.define({
  name: "typescript",
  parser: parser.configure({
    dialect: "ts",
    props: [
      indentNodeProp.add({
        "Block ClassBody ObjectExpression ObjectPattern ObjectType SwitchBody": block,
        ArrayExpression: delimitedIndent({ closing: "]" }),
        "ArgList ParamList": delimitedIndent({ closing: ")" }),
      }),
    ],
  }),
});

/** Makes an editor. Escape, then Tab, leaves it; Tab alone indents. */
export function createEditor({ parent, text, label, describedBy, run }: EditorOptions): Editor {
  const runKey = { key: "Mod-Enter", run: () => (run(), true) };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        keymap.of([runKey, ...defaultKeymap, ...historyKeymap, indentWithTab]),
        history(),
        typescript,
        indentUnit.of("  "),
        bracketMatching(),
        syntaxHighlighting(classHighlighter),
        EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": describedBy }),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
