import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

/** @type {Readonly<Record<string, string>>} */
const types = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/**
 * Serves the files of a folder as a static host does: compressed, with an index for each folder and a page for what is
 * not found.
 *
 * @param {string} folder
 * @param {number} [port] any free one by default
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serveFolder(folder, port = 0) {
  const server = createServer(async ({ url = "/" }, response) => {
    const path = pathOf(url);
    if (path === undefined) {
      response.writeHead(400, { "content-type": "text/plain" }).end("The address cannot be read");
      return;
    }
    const found = await readIfThere(folder, path);
    const content = found ?? (await readIfThere(folder, "404.html")) ?? "Not found";
    response.writeHead(found === undefined ? 404 : 200, {
      "content-type":
        found === undefined ? "text/html" : (types[extname(path)] ?? "application/octet-stream"),
      "content-encoding": "gzip",
    });
    response.end(await promisify(gzip)(content));
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", () => resolve(undefined));
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    url: `http://localhost:${address.port}/`,
    close: async () => {
      server.closeAllConnections();
      await promisify(server.close.bind(server))();
    },
  };
}

/**
 * @param {string} url of a request
 * @returns {string | undefined} the path of its file; `undefined` for what is not an address
 */
function pathOf(url) {
  try {
    const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
    return path.endsWith("/") ? `${path}index.html` : path;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} folder
 * @param {string} path
 * @returns {Promise<Buffer | undefined>}
 */
async function readIfThere(folder, path) {
  // A path that leads out of the folder stays in it.
  const file = join(folder, normalize(join("/", path)));
  return readFile(file).catch(() => undefined);
}
