import { readdirSync } from "node:fs";
import { onTestFinished } from "vitest";
import { builtSite } from "../../scripts/docs/build-site.mjs";
import { serveFolder } from "../../scripts/docs/serve-folder.mjs";

/** Serves the built site until the test has finished. */
export async function serveSite(): Promise<string> {
  const { url, close } = await serveFolder(builtSite);
  onTestFinished(close);
  return url;
}

/** The addresses of all pages, from the site's: that of an index is its folder's. */
export const pages = readdirSync(builtSite, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith(".html") && file !== "404.html")
  .map((file) => file.replace(/(^|\/)index\.html$/, "$1"));
