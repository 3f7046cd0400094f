import { expect, test } from "vitest";
import { pages, serveSite } from "./site.ts";

test("every link between pages leads to a page and a heading, and every page is linked", async () => {
  const site = await serveSite();
  const { anchors, links } = await crawl(site);
  const broken = links
    .filter(({ address, anchor }) => anchor !== "" && anchors.get(address)?.has(anchor) === false)
    .map(({ from, address, anchor }) => `${from}: ${address}#${anchor}`);
  const missing = links.filter(({ address }) => !anchors.has(address));
  expect({ broken, missing: missing.map(({ from, address }) => `${from}: ${address}`) }).toEqual({
    broken: [],
    missing: [],
  });
  expect(pages.filter((page) => !anchors.has(`${site}${page}`))).toEqual([]);
});

interface Link {
  from: string;
  address: string;
  anchor: string;
}

/** Follows all links from the first page on. Gives the anchors of each page by its address, and the links. */
async function crawl(site: string): Promise<{ anchors: Map<string, Set<string>>; links: Link[] }> {
  const anchors = new Map<string, Set<string>>();
  const links: Link[] = [];
  const waiting = [site];
  for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
    if (anchors.has(address)) continue;
    const response = await fetch(address);
    const html = await response.text();
    if (response.status !== 200) continue;
    anchors.set(address, new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => decoded(id))));
    for (const [, href = ""] of html.matchAll(/<a\b[^>]* href="([^"]*)"/g)) {
      const target = new URL(decoded(href), address);
      if (target.origin !== new URL(site).origin) continue;
      const link = { from: address, anchor: decodeURIComponent(target.hash.slice(1)) };
      target.hash = "";
      links.push({ ...link, address: target.href });
      if (!anchors.has(target.href)) waiting.push(target.href);
    }
  }
  return { anchors, links };
}

function decoded(attribute: string): string {
  return attribute.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}
