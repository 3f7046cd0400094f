import { describe, expect, test } from "vitest";
import { failureOf } from "#test-kit";
import { kyTransport } from "../../src/ky.ts";
import { send, sendWrite } from "./send.ts";

const url = "http://infisical.test/path";

/** A transport over a `fetch` that answers with this. */
const answering = (response: object, maxResponseSize = 10) =>
  kyTransport({ maxResponseSize, fetch: async () => response as never });

/** A response whose `fetch` has no streams. */
const textOnly = (text: string) => ({ status: 200, headers: new Headers(), text: async () => text });

/** A transport over a `fetch` that fails with this code. */
const failing = (code: string) =>
  kyTransport({
    fetch: async () => {
      throw Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error("no"), { code }) });
    },
  });

describe("an address", () => {
  test.each([
    "ftp://infisical.test/",
    "infisical.test/https://infisical.test/",
    "x:https://infisical.test/",
    "/path",
    "http://",
    "https://a b/",
    "",
  ])("such as %j is not sent to", async (address) => {
    const transport = kyTransport({ fetch: () => Promise.reject(new Error("It was sent.")) });
    const error = await failureOf(sendWrite(transport, address));
    expect(error).toMatchObject({
      name: "TransportError",
      ...{ sent: false, code: "ERR_INVALID_URL" },
      message: "The request's address must be a URL that begins with http: or https:.",
    });
  });

  test.each(["HTTP://infisical.test/", "https://infisical.test/"])("such as %j is", async (address) => {
    expect(await send(answering(textOnly("ok")), address)).toMatchObject({ status: 200, body: "ok" });
  });
});

test.each(["text", {}, { status: "200", headers: new Headers() }, { status: 200, headers: {} }])(
  "a fetch that returns %j did not return a response",
  async (response) => {
    const error = await failureOf(sendWrite(answering(response as object), url));
    expect(error).toMatchObject({ name: "TransportError", sent: true });
    expect(error.message).toBe("fetch did not return a response.");
  },
);

test("what is thrown and cannot be read is a failed exchange", async () => {
  const unreadable = new Proxy(
    {},
    {
      get: () => {
        throw new Error("no");
      },
    },
  );
  const transport = kyTransport({ fetch: () => Promise.reject(unreadable) });
  const error = await failureOf(sendWrite(transport, url));
  expect(error.message).toBe("The exchange failed.");
  expect(error).toMatchObject({ name: "TransportError", sent: true });
});

describe("a failure of a plain connection", () => {
  const hint = " If the server speaks TLS, its address begins with https:.";

  test.each(["HPE_INVALID_CONSTANT", "UND_ERR_SOCKET", "ECONNRESET"])(
    "%s may be one of TLS",
    async (code) => {
      expect((await failureOf(send(failing(code), url))).message).toContain(hint);
      expect((await failureOf(send(failing(code), url.replace("http:", "https:")))).message).not.toContain(
        hint,
      );
    },
  );

  test.each(["XHPE_A", "XUND_ERR_SOCKET", "UND_ERR_SOCKET_X", "XECONNRESET", "ECONNRESETX", "ENOTFOUND", ""])(
    "%j is not",
    async (code) => {
      expect((await failureOf(send(failing(code), url))).message).not.toContain(hint);
    },
  );
});

describe("a text that is not streamed", () => {
  test.each(["x".repeat(10), "é".repeat(5), "€€€x"])(
    "may have as many bytes as are allowed: %s",
    async (text) => {
      expect((await send(answering(textOnly(text)), url)).body).toBe(text);
    },
  );

  test.each(["x".repeat(11), `${"é".repeat(5)}x`, "€€€xx"])("cannot have one more: %s", async (text) => {
    const error = await failureOf(send(answering(textOnly(text)), url));
    expect(error).toMatchObject({ code: "RESPONSE_TOO_LARGE", sent: true });
    expect(error.message).toBe("The response is larger than 10 bytes, the transport's maxResponseSize.");
  });
});
