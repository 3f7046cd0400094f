import { once } from "node:events";
import * as http from "node:http";
import * as https from "node:https";
import { getBody, listBody, listWithImportsBody, loginBody } from "./bodies.mjs";
import { identity } from "./certificate.mjs";

const raw = "/api/v3/secrets/raw";

const replies = {
  login: Buffer.from(loginBody),
  get: Buffer.from(getBody),
  list: Buffer.from(listBody),
  listWithImports: Buffer.from(listWithImportsBody),
};

/** @param {string} url */
function replyTo(url) {
  if (url.endsWith("/login")) return replies.login;
  if (url.startsWith(`${raw}/`)) return replies.get;
  if (url.startsWith(`${raw}?`)) {
    return /[?&]include_imports=true(?:&|$)/.test(url) ? replies.listWithImports : replies.list;
  }
  return undefined;
}

/** @type {http.RequestListener} */
function answer(incoming, outgoing) {
  const body = replyTo(incoming.url ?? "");
  const condition = incoming.headers["if-none-match"];
  incoming.resume();
  incoming.on("end", () => {
    if (condition !== undefined) {
      outgoing.writeHead(304, { etag: condition }).end();
      return;
    }
    outgoing.writeHead(body ? 200 : 404, {
      "content-type": "application/json; charset=utf-8",
      "content-length": body?.length ?? 0,
    });
    outgoing.end(body);
  });
}

/**
 * @param {http.Server | https.Server} server
 * @returns {Promise<number | undefined>} its port
 */
async function listen(server) {
  // A round must not find its connections closed.
  server.keepAliveTimeout = 600_000;
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  return typeof address === "object" ? address?.port : undefined;
}

process.send?.({
  http: await listen(http.createServer(answer)),
  https: await listen(https.createServer(identity, answer)),
});
