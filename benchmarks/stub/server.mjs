import { createServer } from "node:http";
import { getBody, listBody, listWithImportsBody, loginBody } from "./bodies.mjs";

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

const server = createServer((incoming, outgoing) => {
  const body = replyTo(incoming.url ?? "");
  incoming.resume();
  incoming.on("end", () => {
    outgoing.writeHead(body ? 200 : 404, {
      "content-type": "application/json; charset=utf-8",
      "content-length": body?.length ?? 0,
    });
    outgoing.end(body);
  });
});

// A round must not find its connections closed.
server.keepAliveTimeout = 600_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(typeof address === "object" ? address?.port : undefined);
});
