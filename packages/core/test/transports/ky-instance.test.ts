import ky from "ky";
import { expect, test } from "vitest";
import { failureOf, serve } from "#test-kit";
import { kyTransport } from "../../src/ky.ts";
import { requestTo, token, writeTo } from "./ky-requests.ts";
import { serveEcho } from "./ky-servers.ts";
import { recordingFetch } from "./recording-fetch.ts";

const url = "http://localhost/path?query=1";

test("the hooks and headers of an instance take effect", async () => {
  const { url: siteUrl } = await serveEcho();
  const statuses: number[] = [];
  const instance = ky.create({
    headers: { "x-default": "1", authorization: "overridden" },
    hooks: {
      beforeRequest: [(request) => request.headers.set("x-hooked", "1")],
      afterResponse: [(_request, _options, { status }) => void statuses.push(status)],
    },
  });
  const { body } = await kyTransport({ ky: instance })(writeTo(siteUrl, { body: "{}" }));
  const sent = JSON.parse(body);
  expect(sent.headers).toMatchObject({ "x-default": "1", "x-hooked": "1", authorization: token });
  expect(sent.body).toBe("{}");
  expect(statuses).toEqual([200]);
});

test("what hooks changed is what a fetch of one's own is given, without a Request", async () => {
  const { fetch, calls } = recordingFetch();
  const instance = ky.create({
    headers: { "X-Default": "1" },
    hooks: {
      beforeRequest: [(request) => new Request(`${request.url}&more=1`, { method: "PUT", body: "new" })],
    },
  });
  await kyTransport({ ky: instance, fetch })(writeTo(url));
  const [address, init] = calls[0] ?? [];
  expect(address).toBe(`${url}&more=1`);
  expect(init).toMatchObject({ method: "PUT", body: "new", redirect: "manual", cache: "no-store" });
  expect(Object.getPrototypeOf(init)).toBe(Object.prototype);
  expect(Object.getPrototypeOf(init?.headers)).toBe(Object.prototype);
});

test("a fetch of one's own gets the client's headers, body and signal through an instance", async () => {
  const { fetch, calls } = recordingFetch();
  await kyTransport({ ky: ky.create(), fetch })(writeTo(url, { body: "é" }));
  await kyTransport({ ky: ky.create(), fetch })(requestTo(url, { method: "DELETE", idempotent: false }));
  expect(calls[0]?.[1]).toMatchObject({ body: "é", headers: { authorization: token } });
  expect(calls[0]?.[1].signal).toBeInstanceOf(AbortSignal);
  expect(calls[1]?.[1]).not.toHaveProperty("body");
});

test("a body that a hook made of bytes is not passed to a custom fetch", async () => {
  const { fetch, calls } = recordingFetch();
  const body = Uint8Array.of(0x1f, 0x8b, 0xff);
  const hooks = { beforeRequest: [(request: Request) => new Request(request, { body })] };
  const failure = await failureOf(kyTransport({ ky: ky.create({ hooks }), fetch })(writeTo(url)));
  expect(failure).toMatchObject({ name: "TransportError", sent: false });
  expect(calls).toEqual([]);
});

test("the fetch of an instance makes the exchange unless another one is given", async () => {
  const inputs: unknown[] = [];
  const own: typeof fetch = async (input) => {
    inputs.push(input);
    return new Response("the instance's");
  };
  const instance = ky.create({ fetch: own });
  expect((await kyTransport({ ky: instance })(requestTo(url))).body).toBe("the instance's");
  expect(inputs).toEqual([expect.any(Request)]);
  expect((await kyTransport({ ky: instance, fetch: recordingFetch().fetch })(requestTo(url))).body).toBe(
    "ok",
  );
});

test("an instance's prefix, query, body, retries and thrown statuses are switched off", async () => {
  let count = 0;
  const { url: siteUrl } = await serve((request, response) => {
    count += 1;
    response.writeHead(503, { "retry-after": "0" }).end(request.url);
  });
  const instance = ky.create({
    prefixUrl: "http://elsewhere.invalid/api",
    searchParams: { extra: 1 },
    json: { extra: 1 },
    retry: { limit: 3, methods: ["get"], statusCodes: [503] },
    throwHttpErrors: true,
  });
  const response = await kyTransport({ ky: instance })(requestTo(`${siteUrl}/path?query=1`));
  expect(response).toMatchObject({ status: 503, body: "/path?query=1" });
  expect(count).toBe(1);
});

test("a redirect is not followed, even if a hook created the request", async () => {
  const { url: siteUrl } = await serve((_request, response) =>
    response.writeHead(302, { location: "/" }).end(),
  );
  const hooks = { beforeRequest: [() => new Request(siteUrl)] };
  expect((await kyTransport({ ky: ky.create({ hooks }) })(requestTo(siteUrl))).status).toBe(302);
});

test("a hook that throws counts as a request that was sent", async () => {
  const fail = () => {
    throw new Error("the hook's reason");
  };
  for (const hooks of [{ beforeRequest: [fail] }, { afterResponse: [fail] }]) {
    const transport = kyTransport({ ky: ky.create({ hooks }), fetch: recordingFetch().fetch });
    const failure = await failureOf(transport(writeTo(url)));
    expect(failure).toMatchObject({ name: "TransportError", message: "the hook's reason", sent: true });
  }
});

test("a connection that a hook failed to make says nothing about the request", async () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED ::1:1"), { code: "ECONNREFUSED" });
  const hooks = { afterResponse: [() => Promise.reject(refused)] };
  const transport = kyTransport({ ky: ky.create({ hooks }), fetch: recordingFetch().fetch });
  expect(await failureOf(transport(writeTo(url)))).toMatchObject({ code: "ECONNREFUSED", sent: true });
});

test("a hook that asks for another attempt gets none", async () => {
  const { fetch, calls } = recordingFetch();
  const hooks = { afterResponse: [() => ky.retry({ delay: 0 })] };
  const failure = await failureOf(kyTransport({ ky: ky.create({ hooks }), fetch })(writeTo(url)));
  expect(failure).toMatchObject({ name: "TransportError", sent: true });
  expect(calls).toHaveLength(1);
});
