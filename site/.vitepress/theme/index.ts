import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import RunnableExample from "../../playground/RunnableExample.vue";
import "./style.css";

/** VitePress's theme without its fonts, which would be half of what a page loads. */
export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("RunnableExample", RunnableExample);
  },
} satisfies Theme;
