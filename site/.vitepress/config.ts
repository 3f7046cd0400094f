import { defineConfig } from "vitepress";
import { githubSlug } from "../../scripts/github-slug.mjs";
import { repositoryLinks } from "./markdown/repository-links.ts";
import { runnableExamples } from "./markdown/runnable-examples.ts";
import { nav, sidebar } from "./navigation.ts";
import { pageOf } from "./pages.ts";

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
  themeConfig: {
    nav,
    sidebar,
    outline: [2, 3],
    search: { provider: "local" },
    socialLinks: [{ icon: "github", link: "https://github.com/Infisical/infisical-sdk" }],
    editLink: { pattern: "https://github.com/Infisical/infisical-sdk/edit/main/:path" },
  },
});
