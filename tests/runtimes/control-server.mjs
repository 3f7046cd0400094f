import { createServer } from "node:http";

/**
 * Lets another process order failures and secrets of a test server, by one POST for each order.
 *
 * @param {import("@infisical/test-server").TestServer} server
 * @returns {Promise<{ controlUrl: string, close(): void }>}
 */
export async function startControlServer(server) {
  const control = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    carryOut(server, JSON.parse(Buffer.concat(chunks).toString()));
    const requests = server.requests.map(({ method, path }) => ({ method, path }));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(requests));
  });
  await new Promise((resolve) => control.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = control.address();
  if (typeof address !== "object" || address === null) throw new Error("The control server has no port.");
  return {
    controlUrl: `http://127.0.0.1:${address.port}`,
    close: () => {
      control.close();
      control.closeAllConnections();
    },
  };
}

/**
 * @param {import("@infisical/test-server").TestServer} server
 * @param {{ reset?: boolean, expireTokens?: boolean, match?: object, failure?: import("@infisical/test-server").Failure, secret?: { environment: string, key: string, value: string } }} order
 */
function carryOut(server, { reset, expireTokens, match, failure, secret }) {
  if (reset) server.reset();
  if (expireTokens) server.tokens.expire();
  if (secret) server.secrets.set(secret);
  if (match && failure) server.fail(match, failure);
}
