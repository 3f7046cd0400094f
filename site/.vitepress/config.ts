import { defineConfig } from "vitepress";
import { githubSlug } from "../../scripts/github-slug.mjs";
import { repositoryLinks } from "./markdown/repository-links.ts";
import { runnableExamples } from "./markdown/runnable-examples.ts";
import { nav, sidebar } from "./navigation.ts";
import { pageOf } from "./pages.ts";
import { searchableText } from "./searchable-text.ts";

export default defineConfig({
  title: "Infisical SDK",
  description: "The Infisical SDK for TypeScript: logins, secrets, leases, certificates, keys.",
  lang: "en",
  srcDir: "pages",
  rewrites: (file) => pageOf(file),
  outDir: "dist",
  markdown: {
    anchor: { slugify: githubSlug },
    config(md) {
      repositoryLinks(md);
      runnableExamples(md);
    },
  },
  // What a reader may never open is not loaded.
  router: { prefetchLinks: false },
  head: [["link", { rel: "icon", href: "data:," }]],
  themeConfig: {
    nav,
    sidebar,
    outline: [2, 3],
    search: { provider: "local", options: { _render: searchableText } },
    socialLinks: [{ icon: "github", link: "https://github.com/Infisical/infisical-sdk" }],
    editLink: { pattern: "https://github.com/Infisical/infisical-sdk/edit/main/:path" },
  },
});
