import net from "node:net";
import { describe, expect, test } from "vitest";
import {
  authority,
  certificateForElsewhere,
  failureOf,
  listen,
  serve,
  serveBytes,
  serveSecurely,
} from "#test-kit";
import type { TransportError } from "../../src/contracts/transport.ts";
import { nodeTransport } from "../../src/node.ts";
import { send, sendWrite } from "./send.ts";

const secret = "a-secret";
const carried = { headers: { authorization: `Bearer ${secret}` }, body: secret, method: "POST" };

/** The failure of a request full of secrets, which must show none of them. */
async function failureFor(url: string, transport = nodeTransport()) {
  const error = await failureOf<TransportError>(send(transport, `${url}/?token=${secret}`, carried));
  expect(error.name).toBe("TransportError");
  expect(`${error.stack}${JSON.stringify(error)}`).not.toContain(secret);
  expect(error.cause).toBeUndefined();
  return error;
}

describe("an error says what to do about", () => {
  test("an unknown authority", async () => {
    let seen = 0;
    const { url } = await serveSecurely(() => seen++);
    const error = await failureFor(url);
    expect(error).toMatchObject({ sent: false, code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" });
    expect(error.message).toMatch(/Pass the certificate authority as `ca`.*NODE_EXTRA_CA_CERTS/);
    expect(seen).toBe(0);
  });

  test("a certificate for another host", async () => {
    const { url } = await serveSecurely(() => {}, { cert: certificateForElsewhere });
    const error = await failureFor(url, nodeTransport({ ca: authority }));
    expect(error).toMatchObject({ sent: false, code: "ERR_TLS_CERT_ALTNAME_INVALID" });
    expect(error.message).toContain("Use a host name that the server's certificate is issued for.");
  });

  test("TLS to a port that does not speak it", async () => {
    const { port } = await serve((_, response) => response.end());
    const error = await failureFor(`https://127.0.0.1:${port}`);
    expect(error.sent).toBe(false);
    expect(error.message).toBe(
      "The server does not speak TLS on this port; its address may have to begin with http:.",
    );
  });

  test("plain HTTP to a port that speaks TLS", async () => {
    const { port } = await serveSecurely(() => {});
    const error = await failureFor(`http://127.0.0.1:${port}`);
    expect(error.sent).toBe(true);
    expect(error.message).toMatch(/its address begins with https:/);
  });

  test("a port that refuses", async () => {
    const error = await failureFor("http://127.0.0.1:1");
    expect(error).toMatchObject({ sent: false, code: "ECONNREFUSED" });
    expect(error.message).toBe("connect ECONNREFUSED 127.0.0.1:1");
  });

  test("several addresses that refuse", async () => {
    const error = await failureFor("http://localhost:1");
    expect(error).toMatchObject({ sent: false, code: "ECONNREFUSED" });
    expect(error.message).toMatch(/^connect ECONNREFUSED /);
  });
});

test.each([
  ["no response at all", ""],
  ["half of the headers", "HTTP/1.1 200 OK\r\ncontent-"],
  ["half of the body", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf"],
  ["chunks without an end", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n"],
  [
    "compressed data without an end",
    "HTTP/1.1 200 OK\r\ncontent-length: 10\r\ncontent-encoding: gzip\r\n\r\n\x1f",
  ],
])("%s is a connection that closed too early", async (_, bytes) => {
  const { url } = await serveBytes(bytes);
  const error = await failureFor(url);
  expect(error).toMatchObject({ sent: true, code: "ECONNRESET" });
  expect(error.message).toMatch(/^The connection closed before the response was complete\./);
});

test.each([
  ["something else than HTTP", "SSH-2.0-OpenSSH\r\n"],
  ["chunks of no size", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzzz\r\n"],
  ["headers that are too large", `HTTP/1.1 200 OK\r\na: ${"b".repeat(100_000)}\r\n\r\n`],
])("%s is told as such", async (_, bytes) => {
  const { url } = await serveBytes(bytes);
  const error = await failureFor(url);
  expect(error).toMatchObject({ sent: true, code: expect.stringMatching(/^HPE_/) });
  expect(error.message).toMatch(/^The response is not valid HTTP \(HPE_/);
});

test("an upgrade that nobody asked for is an error", async () => {
  const { url } = await serveBytes("HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n");
  expect(await failureFor(url)).toMatchObject({ sent: true });
});

describe("an abort tells whether the request was sent:", () => {
  /** Aborts once something has happened on the server's side. */
  async function abortedBy(url: string, happened: () => boolean) {
    const controller = new AbortController();
    const error = failureOf(send(nodeTransport({ ca: authority }), url, { signal: controller.signal }));
    await expect.poll(happened).toBe(true);
    controller.abort(new Error(secret));
    expect((await error).message).not.toContain(secret);
    return error;
  }

  test("no, before it began, and nothing is opened", async () => {
    const { url, connections } = await serve((_, response) => response.end());
    const error = await failureOf(send(nodeTransport(), url, { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ sent: false, code: "ABORTED" });
    await send(nodeTransport(), url);
    expect(connections).toHaveLength(1);
  });

  test("no, within the TLS handshake", async () => {
    let greeted = false;
    const { port } = await listen(net.createServer((socket) => socket.on("data", () => (greeted = true))));
    const error = await abortedBy(`https://127.0.0.1:${port}`, () => greeted);
    expect(error).toMatchObject({ sent: false, code: "ABORTED" });
  });

  test("yes, afterwards", async () => {
    let seen = 0;
    const { url } = await serveSecurely(() => seen++);
    const error = await abortedBy(url, () => seen > 0);
    expect(error).toMatchObject({ sent: true, code: "ABORTED" });
  });
});

test.each([
  ["a header's value", { headers: { authorization: `${secret}\n` } }, "ERR_INVALID_CHAR"],
  ["a header's name", { headers: { [`${secret} `]: "" } }, "ERR_INVALID_HTTP_TOKEN"],
  ["a method", { method: `${secret} ` }, "ERR_INVALID_HTTP_TOKEN"],
  ["an address", { url: secret }, "ERR_INVALID_URL"],
  ["another protocol", { url: `ftp://${secret}` }, "ERR_INVALID_URL"],
  ["credentials in the address", { url: `http://user:${secret}@localhost` }, "ERR_INVALID_URL"],
])("%s that cannot be sent is an error without it", async (_, changes, code) => {
  const error = await failureOf(send(nodeTransport(), "http://127.0.0.1:1", changes));
  expect(error).toMatchObject({ name: "TransportError", sent: false, code });
  expect(error.stack).not.toContain(secret);
});

test("a connection that breaks after the response is nobody's error", async () => {
  const { url, connections } = await serve((_, response) => response.end());
  const transport = nodeTransport();
  await send(transport, url);
  connections[0]?.resetAndDestroy();
  await expect.poll(() => connections[0]?.destroyed).toBe(true);
  expect((await sendWrite(transport, url)).status).toBe(200);
});

test("paths and queries arrive as fetch would send them", async () => {
  const seen: (string | undefined)[] = [];
  const { url, port } = await serve((incoming, response) => {
    seen.push(incoming.url, incoming.headers.host);
    response.end();
  });
  const transport = nodeTransport();
  for (const path of ["", "/", "/a/../b", "/a%2Fb?c=d%20e", "/ü?ß", "/a#b", "?c", "/a b", "/./a"]) {
    seen.length = 0;
    await fetch(`${url}${path}`);
    const expected = seen.splice(0);
    await send(transport, `${url}${path}`);
    expect(seen).toEqual(expected);
    expect(seen[1]).toBe(`127.0.0.1:${port}`);
  }
});
