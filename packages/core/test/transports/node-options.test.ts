import http from "node:http";
import { describe, expect, test } from "vitest";
import { authority, certificate, failureOf, privateKey, serveSecurely } from "#test-kit";
import type { TransportError } from "../../src/contracts/transport.ts";
import { type NodeTransportOptions, nodeTransport } from "../../src/node.ts";
import { defaultTransport, directTransport } from "../../src/transports/node.ts";
import { send } from "./send.ts";

const agent = new http.Agent();

test.each<[string, unknown, string]>([
  ["maxSockets", { maxSockets: 0 }, "maxSockets must be a whole number of at least 1, got 0."],
  ["maxSockets", { maxSockets: 1.5 }, "maxSockets must be a whole number of at least 1, got 1.5."],
  [
    "maxResponseSize",
    { maxResponseSize: "1" },
    'maxResponseSize must be a whole number of at least 1, got "1".',
  ],
  [
    "maxResponseSize",
    { maxResponseSize: Number.NaN },
    "maxResponseSize must be a whole number of at least 1, got NaN.",
  ],
  ["agent", { agent: {} }, "agent must be an agent of node:http or node:https, got an object."],
  ["agent with ca", { agent, ca: authority }, "ca cannot be used together with agent: pass it to the agent."],
  [
    "agent with maxSockets",
    { agent, maxSockets: 1 },
    "maxSockets cannot be used together with agent: pass it to the agent.",
  ],
  ["ca", { ca: "/etc/ca.pem" }, "ca must be in PEM form, as a string or a Uint8Array, or an array of these."],
  ["ca", { ca: [] }, "ca must not be empty."],
  [
    "one of several ca",
    { ca: [authority, "/etc/ca.pem"] },
    "ca must be in PEM form, as a string or a Uint8Array, or an array of these.",
  ],
  ["key", { cert: certificate, key: "a-secret" }, "key must be in PEM form, as a string or a Uint8Array."],
  ["cert", { cert: certificate }, "cert needs a key."],
  ["key", { key: privateKey }, "key needs a cert."],
])("%s is checked at once", (_, options, message) => {
  const make = () => nodeTransport(options as NodeTransportOptions);
  expect(make).toThrow(expect.objectContaining({ code: "INVALID_OPTION", message }));
});

test("the transport says how large a response may be", () => {
  expect(nodeTransport().maxResponseSize).toBe(67_108_864);
  expect(nodeTransport({ maxResponseSize: 5 }).maxResponseSize).toBe(5);
  expect(defaultTransport().maxResponseSize).toBe(67_108_864);
  expect(directTransport().maxResponseSize).toBe(67_108_864);
});

describe("TLS", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  test.each([
    ["a string", authority],
    ["bytes", bytes(authority)],
    ["an array of both", [bytes(authority), certificate]],
  ])("trusts the authority that it is given as %s, by address and by name", async (_, ca) => {
    const names: unknown[] = [];
    const { url, port } = await serveSecurely(({ socket }, response) => {
      names.push((socket as unknown as { servername: unknown }).servername);
      response.end();
    });
    const transport = nodeTransport({ ca });
    await send(transport, url);
    await send(transport, `https://localhost:${port}`);
    expect(names).toEqual([false, "localhost"]);
  });

  test("presents a certificate to a server that asks for one", async () => {
    const { url } = await serveSecurely((_, response) => response.end("known"), {
      requestCert: true,
      ca: authority,
    });
    const known = nodeTransport({ ca: authority, cert: certificate, key: bytes(privateKey) });
    expect((await send(known, url)).body).toBe("known");
    expect(await failureOf(send(nodeTransport({ ca: authority }), url))).toMatchObject({
      name: "TransportError",
    });
  });

  test("says that a key cannot be used", async () => {
    const key = privateKey.replace(/.{20}\n-----END/, "AAAAAAAAAAAAAAAAAAAA\n-----END");
    const error = await failureOf<TransportError>(
      send(nodeTransport({ cert: certificate, key }), "https://127.0.0.1:1"),
    );
    expect(error.sent).toBe(false);
    expect(error.message).toMatch(/^The certificate or its key cannot be used: /);
    expect(error.stack).not.toContain(key.slice(30, 60));
  });
});
