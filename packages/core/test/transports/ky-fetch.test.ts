import ky from "ky";
import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf, serve } from "#test-kit";
import { type Fetch, kyTransport } from "../../src/ky.ts";
import { requestTo, writeTo } from "./ky-requests.ts";
import { serveEcho } from "./ky-servers.ts";
import { recordingFetch } from "./recording-fetch.ts";

const url = "http://localhost/path?query=1";

test("a fetch of one's own is called with the address as a string and a plain object", async () => {
  const { fetch, calls } = recordingFetch();
  await kyTransport({ fetch })(writeTo(url, { headers: { "x-one": "1" }, body: "{}" }));
  const signal = expect.any(AbortSignal);
  const init = { redirect: "manual", cache: "no-store", credentials: "omit", signal };
  expect(calls).toEqual([[url, { method: "POST", headers: { "x-one": "1" }, body: "{}", ...init }]]);
  expect(Object.getPrototypeOf(calls[0]?.[1])).toBe(Object.prototype);
});

test("a request without a body has no body in its init", async () => {
  const { fetch, calls } = recordingFetch();
  await kyTransport({ fetch })(requestTo(url));
  expect(calls[0]?.[1]).not.toHaveProperty("body");
});

test("a fetch of one's own is called as a plain function", async () => {
  let self: unknown = "not called";
  const fetch: Fetch = async function (this: unknown) {
    self = this;
    return new Response();
  };
  await kyTransport({ fetch })(requestTo(url));
  expect(self).toBeUndefined();
});

test("a fetch of one's own works where the platform has neither fetch nor Request", async () => {
  for (const name of ["fetch", "Request", "Headers"]) vi.stubGlobal(name, undefined);
  const { fetch, calls } = recordingFetch();
  const response = await kyTransport({ fetch })(requestTo(url));
  vi.unstubAllGlobals();
  expect(response.body).toBe("ok");
  expect(calls[0]?.[1]).not.toHaveProperty("cache");
});

test("what a platform's Request does not know is left out", async () => {
  const known = { ...Object.getOwnPropertyDescriptors(Request.prototype) };
  onTestFinished(() => void Object.defineProperties(Request.prototype, known));
  Reflect.deleteProperty(Request.prototype, "cache");
  Reflect.deleteProperty(Request.prototype, "credentials");
  for (const instance of [undefined, ky.create()]) {
    const { fetch, calls } = recordingFetch();
    await kyTransport({ fetch, ky: instance })(requestTo(url));
    expect(calls[0]?.[1]).toMatchObject({ redirect: "manual" });
    expect(calls[0]?.[1]).not.toHaveProperty("cache");
    expect(calls[0]?.[1]).not.toHaveProperty("credentials");
  }
});

test("a response needs a status, headers and text() only", async () => {
  const headers = { forEach: (each: (value: string, name: string) => void) => each("1", "X-One") };
  const { fetch } = recordingFetch(() => ({ status: 418, headers, text: async () => "tea" }));
  const response = await kyTransport({ fetch })(requestTo(url));
  expect(response).toEqual({ status: 418, headers: { "x-one": "1" }, body: "tea" });
});

test("the text of a response without a stream is limited by its bytes", async () => {
  const respond = (body: string) =>
    recordingFetch(() => ({ status: 200, headers: new Headers(), text: async () => body })).fetch;
  const exchange = (body: string) =>
    kyTransport({ fetch: respond(body), maxResponseSize: 6 })(requestTo(url));
  expect((await exchange("ééé")).body).toBe("ééé");
  for (const body of ["éééé", "1234567"]) {
    expect(await failureOf(exchange(body))).toMatchObject({ code: "RESPONSE_TOO_LARGE", sent: true });
  }
});

test("a stream is decoded over the bounds of its chunks and cancelled at the limit", async () => {
  let cancelled = false;
  const respond = () =>
    new Response(
      new ReadableStream({
        pull(controller) {
          controller.enqueue(Uint8Array.of(0xc3));
          controller.enqueue(Uint8Array.of(0xa9));
          if (endless) return;
          controller.close();
        },
        cancel() {
          cancelled = true;
        },
      }),
    );
  let endless = false;
  const transport = kyTransport({ fetch: recordingFetch(respond).fetch, maxResponseSize: 10 });
  expect((await transport(requestTo(url))).body).toBe("é");
  endless = true;
  expect(await failureOf(transport(requestTo(url)))).toMatchObject({ code: "RESPONSE_TOO_LARGE" });
  expect(cancelled).toBe(true);
});

test("a redirect whose status the platform hides has the status 0", async () => {
  const hidden = { status: 0, type: "opaqueredirect", headers: new Headers(), body: null };
  const { fetch } = recordingFetch(() => hidden);
  expect(await kyTransport({ fetch })(requestTo(url))).toEqual({ status: 0, headers: {}, body: "" });
});

test("cookies that are set one by one are joined", async () => {
  const { url: siteUrl } = await serve((_request, response) =>
    response.setHeader("Set-Cookie", ["a=1", "b=2"]).setHeader("X-One", "1").end(),
  );
  const { headers } = await kyTransport()(requestTo(siteUrl));
  expect(headers).toMatchObject({ "set-cookie": "a=1, b=2", "x-one": "1" });
});

test("the platform's fetch sends what the request says", async () => {
  const { url: siteUrl } = await serveEcho();
  const { body } = await kyTransport()(writeTo(`${siteUrl}/a?b=1`, { body: "é" }));
  expect(JSON.parse(body)).toMatchObject({ method: "POST", url: "/a?b=1", body: "é" });
});

test("the options are checked when the transport is created", () => {
  const made = (options: object) => () => kyTransport(options);
  expect(made({ fetch: {} })).toThrow("fetch must be a function, got an object.");
  expect(made({ ky: "ky" })).toThrow("ky must be an instance of ky, which is a function, got a string.");
  for (const maxResponseSize of [0, 1.5, Number.NaN, "1"]) {
    expect(made({ maxResponseSize })).toThrow(/^maxResponseSize must be a whole number of at least 1, got /);
  }
  expect(kyTransport({ maxResponseSize: 5 }).maxResponseSize).toBe(5);
  expect(kyTransport().maxResponseSize).toBe(64 * 1024 * 1024);
});

test.each([undefined, ky.create()])(
  "the platform's fetch is taken from behind the one of Next.js, which keeps responses on disk",
  async (instance) => {
    const original = vi.fn(async () => new Response("from the server"));
    const patched = vi.fn(async () => new Response("from the disk"));
    vi.stubGlobal("fetch", Object.assign(patched, { _nextOriginalFetch: original }));
    onTestFinished(() => void vi.unstubAllGlobals());
    const { body } = await kyTransport({ ky: instance })(requestTo("http://localhost/"));
    expect(body).toBe("from the server");
    expect(patched).not.toHaveBeenCalled();
  },
);
