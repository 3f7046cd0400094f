/** Shows one example as the site does; `?file=` and `line=` say which. */
import { createApp, h } from "vue";
import RunnableExample from "../RunnableExample.vue";
import examples from "./generated/examples.json";
import "./page.css";

const query = new URLSearchParams(location.search);
const [file, line] = [query.get("file"), Number(query.get("line"))];
const code = examples.find((each) => each.file === file && each.line === line)?.code ?? "";

document.documentElement.classList.toggle("dark", matchMedia("(prefers-color-scheme: dark)").matches);
createApp({
  render: () =>
    h(RunnableExample, { code: encodeURIComponent(code), file: file ?? "", line: String(line) }, () =>
      h("div", { class: "language-ts" }, h("pre", h("code", code))),
    ),
}).mount("#page");
