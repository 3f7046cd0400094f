import { once } from "node:events";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { createTestInstanceMetadata } from "../src/clouds/index.ts";
import { createTestServer, type ListenOptions } from "../src/index.ts";
import { startPage } from "./support/page.ts";

/** Sends a request with exactly these headers, as a browser does on behalf of a page. */
async function send(
  siteUrl: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body = "",
) {
  const length = body === "" ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const sent = request(`${siteUrl}${path}`, { method, headers: { ...headers, ...length } });
  const answered = once(sent, "response");
  sent.end(body);
  const [response] = await answered;
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

const evil = "http://evil.test";
const json = { "content-type": "application/json" };

describe("the page", () => {
  test("loads nothing from elsewhere, runs nothing within it, and is neither framed nor kept", async () => {
    const { siteUrl } = await startPage();
    for (const path of ["/", "/_ui/page.js", "/_ui/page.css", "/_ui/state", "/_ui/none"]) {
      const { headers } = await send(siteUrl, "GET", path, {});
      const policy = String(headers["content-security-policy"]).split("; ");
      expect(policy).toEqual([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ]);
      expect(headers).toMatchObject({
        "cache-control": "no-store",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
      });
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });

  test("does not answer under a name that a web page has made to resolve here", async () => {
    const { siteUrl, server } = await startPage();
    const { port } = new URL(siteUrl);
    for (const host of [
      "evil.test",
      `evil.test:${port}`,
      "127.0.0.1.evil.test",
      "localhost.evil.test",
      "10.0.0.1",
    ]) {
      for (const path of ["/", "/_ui/state", "/_ui/page.js"]) {
        expect((await send(siteUrl, "GET", path, { host })).status).toBe(421);
      }
      const sent = await send(siteUrl, "POST", "/_ui/advance-clock", {
        host,
        origin: `http://${host}`,
        ...json,
      });
      expect(sent.status).toBe(421);
    }
    expect(server.requests.every(({ status }) => status === 421)).toBe(true);
  });

  test.each(["localhost", "127.0.0.1", "[::1]"])(
    "answers as %s, with any port in front of it",
    async (name) => {
      const { siteUrl } = await startPage();
      const host = `${name}:9000`;
      expect((await send(siteUrl, "GET", "/", { host })).status).toBe(200);
      const headers = { host, origin: `http://${host}`, "sec-fetch-site": "same-origin", ...json };
      expect((await send(siteUrl, "POST", "/_ui/advance-clock", headers, '{"by":"1h"}')).status).toBe(200);
    },
  );

  test.each([
    ["another site's script or image", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }],
    ["another port's", { "sec-fetch-site": "same-site", "sec-fetch-mode": "cors" }],
    ["another site's fetch", { origin: evil }],
    ["a sandboxed frame's", { origin: "null" }],
    ["an extension's of an unknown kind", { "sec-fetch-site": "something" }],
    [
      "a frame's",
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" },
    ],
  ])("refuses a request that is %s", async (_, headers) => {
    const { siteUrl } = await startPage();
    for (const path of ["/", "/_ui/state", "/_ui/page.js"]) {
      const { status, body } = await send(siteUrl, "GET", path, headers);
      expect(status).toBe(403);
      expect(JSON.parse(body).message).toMatch(/^(sec-fetch-site|origin) must be .*, got "/);
    }
  });

  test("opens from a link on another site, but nothing else does", async () => {
    const { siteUrl } = await startPage();
    const link = {
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
    };
    expect((await send(siteUrl, "GET", "/", link)).status).toBe(200);
    expect((await send(siteUrl, "GET", "/_ui/state", link)).status).toBe(403);
    expect((await send(siteUrl, "POST", "/", { ...link, origin: siteUrl, ...json }, "{}")).status).toBe(403);
  });

  test.each<[string, Record<string, string>, number]>([
    ["without an origin", json, 403],
    ["of another origin", { ...json, origin: evil }, 403],
    ["of another port", { ...json, origin: "http://127.0.0.1:1" }, 403],
    ["of the same host by https", { ...json, origin: "https://HOST" }, 403],
    ["that a form can send", { origin: "http://HOST", "content-type": "text/plain" }, 415],
    ["of a form", { origin: "http://HOST", "content-type": "application/x-www-form-urlencoded" }, 415],
    ["whose type only begins like JSON", { origin: "http://HOST", "content-type": "application/jsonp" }, 415],
    ["without a type", { origin: "http://HOST" }, 415],
    ["from a site", { ...json, origin: "http://HOST", "sec-fetch-site": "same-site" }, 403],
  ])("changes nothing by a POST %s", async (_, headers, status) => {
    const { siteUrl, server } = await startPage({ clock: { frozen: true } });
    const { host } = new URL(siteUrl);
    const before = server.clock.now();
    const sent = Object.entries(headers).map(([name, value]) => [name, value.replace("HOST", host)]);
    const response = await send(
      siteUrl,
      "POST",
      "/_ui/advance-clock",
      Object.fromEntries(sent),
      '{"by":"1h"}',
    );
    expect([response.status, server.clock.now() - before]).toEqual([status, 0]);
  });

  test("changes nothing by another method, and does not tell other sites that they can", async () => {
    const { siteUrl, server } = await startPage({ clock: { frozen: true } });
    const before = server.clock.now();
    const own = { ...json, origin: siteUrl };
    for (const method of ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
      const isRead = method === "GET" || method === "HEAD";
      const body = isRead ? "" : '{"by":"1h"}';
      const { status } = await send(siteUrl, method, "/_ui/advance-clock?by=1h", own, body);
      expect([method, status]).toEqual([method, isRead ? 404 : 405]);
    }
    const asked = { origin: evil, "access-control-request-method": "POST" };
    const preflight = await send(siteUrl, "OPTIONS", "/_ui/advance-clock", asked);
    expect([preflight.status, preflight.headers["access-control-allow-origin"]]).toEqual([403, undefined]);
    expect(server.clock.now()).toBe(before);
  });
});

describe("listen() with ui", () => {
  const reason = "the page shows secrets to whoever reaches it";

  test.each<[ListenOptions, string]>([
    [{ host: "0.0.0.0" }, 'host must be a loopback address, got "0.0.0.0"'],
    [{ host: "::" }, 'host must be a loopback address, got "::"'],
    [{ host: "127.evil.test" }, 'host must be a loopback address, got "127.evil.test"'],
    [{ allowedHosts: ["infisical"] }, 'allowedHosts must be empty, got "infisical"'],
  ])("refuses %j", async (place, message) => {
    const server = createTestServer();
    await expect(server.listen({ ...place, ui: true })).rejects.toThrow(
      `listen(): ui: ${message}: ${reason}`,
    );
    await server.listen();
    await server.close();
  });

  test("is for the test server only", async () => {
    const metadata = createTestInstanceMetadata();
    await expect(metadata.listen({ ui: true })).rejects.toThrow("listen(): ui: only the test server itself");
  });

  test("leaves the page of a server that listens already", async () => {
    const { server, siteUrl } = await startPage();
    await expect(server.listen()).rejects.toThrow("already listening");
    expect((await fetch(siteUrl)).status).toBe(200);
  });

  test("holds for one port: the next one has no page", async () => {
    const { server } = await startPage();
    await server.close();
    const { siteUrl } = await server.listen();
    expect((await fetch(siteUrl)).status).toBe(404);
    expect((await fetch(`${siteUrl}/_ui/state`)).status).toBe(404);
  });

  test("takes / and what is below /_ui, and no other path", async () => {
    const { server, siteUrl } = await startPage();
    for (const path of ["/_ui", "/_ui/", "/_ui/none", "/?query"]) await fetch(`${siteUrl}${path}`);
    expect(server.requests).toEqual([]);
    const others = ["/_uii/page.js", "/api/_ui/state", "/%5fui/state"];
    for (const path of others) expect((await fetch(`${siteUrl}${path}`)).status).toBe(404);
    expect(server.requests.map(({ path }) => path)).toEqual(others);
  });

  test("adds no route in process", async () => {
    const { server } = await startPage();
    expect((await server.fetch("/")).status).toBe(404);
    expect((await server.fetch("/_ui/state")).status).toBe(404);
    const asked = { method: "GET", url: "/_ui/page.js", headers: {} };
    expect((await server.transport(asked)).status).toBe(404);
  });
});
