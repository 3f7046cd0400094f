import { once } from "node:events";
import { request } from "node:http";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { serveFolder } from "../../scripts/docs/serve-folder.mjs";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** The status of the answer for a path that is sent as it is. */
async function statusOf(url: string, path: string): Promise<number> {
  const { hostname, port } = new URL(url);
  const [response] = await once(request({ hostname, port, path }).end(), "response");
  response.resume();
  return response.statusCode;
}

test.for(["/%", "/%E0%A4%A", "//"])(
  "the path %j is answered with 400, and the next request as ever",
  async (path) => {
    const { url, close } = await serveFolder(folder);
    onTestFinished(close);
    expect(await statusOf(url, path)).toBe(400);
    expect(await statusOf(url, "/serve-folder.test.ts")).toBe(200);
    expect(await statusOf(url, "/not-there")).toBe(404);
  },
);
