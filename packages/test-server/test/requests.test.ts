import { describe, expect, test } from "vitest";
import { startTest } from "./support/api.ts";

const loginPath = "/api/v1/auth/universal-auth/login";

describe("bodies", () => {
  async function start() {
    const { server, api } = await startTest();
    const { clientId, clientSecret } = server.credentials();
    const post = async (body: string | undefined, contentType?: string): Promise<Response> =>
      server.fetch(loginPath, {
        method: "POST",
        ...(body !== undefined && { body: new TextEncoder().encode(body) }),
        ...(contentType && { headers: { "content-type": contentType } }),
      });
    return { server, api, clientId, clientSecret, post };
  }

  test("a body can be a form", async () => {
    const { clientId, clientSecret, post } = await start();
    const form = new URLSearchParams({ clientId, clientSecret }).toString();
    expect((await post(form, "application/x-www-form-urlencoded")).status).toBe(200);
  });

  test("a body that is absent, text or a list is refused field by field", async () => {
    const { post } = await start();
    const messageFor = async (...sent: Parameters<typeof post>) => {
      const { message } = await (await post(...sent)).json();
      return message[0].message;
    };
    expect(await messageFor(undefined)).toBe("Expected object, received null");
    expect(await messageFor("x", "text/plain")).toBe("Expected object, received string");
    expect(await messageFor("[]", "application/json; charset=utf-8")).toBe("Expected object, received array");
  });

  test.each([
    ["XML", "<x/>", "application/xml"],
    ["wrong JSON", "{", "application/json"],
    ["empty JSON", "", "application/json"],
    ["of no type", "{}", undefined],
    ["over one mebibyte", JSON.stringify("x".repeat(1_048_576)), "application/json"],
  ])("a body that is %s is answered with 500", async (_, body, contentType) => {
    const { post } = await start();
    const response = await post(body, contentType);
    expect(await response.json()).toEqual({
      reqId: expect.any(String),
      statusCode: 500,
      message: "Something went wrong",
      error: "InternalServerError",
    });
  });

  test("a body of the KMS routes can have data of one mebibyte", async () => {
    const { api } = await startTest();
    const plaintext = Buffer.alloc(1_048_576).toString("base64");
    const path = "/api/v1/kms/keys/00000000-0000-4000-8000-000000000000/encrypt";
    expect((await api("POST", path, { body: { plaintext } })).status).not.toBe(500);
    expect((await api("POST", path, { body: { plaintext: plaintext.repeat(2) } })).status).toBe(500);
  });

  test("a body is read only after the token", async () => {
    const { server } = await start();
    const response = await server.fetch("/api/v2/workspace", { method: "POST", body: "{" });
    expect(response.status).toBe(401);
  });
});

describe("paths", () => {
  test("a path parameter has 100 characters at most, decoded", async () => {
    const { api, projectId } = await startTest();
    const name = "%C3%A9".repeat(101);
    const base = `/api/v1/projects/${projectId}/tags/slug`;
    const { status, body, headers } = await api("GET", `${base}/${name}`, { query: { a: "1" } });
    expect(status).toBe(414);
    expect(headers.get("content-type")).toBe("application/json");
    expect(body).toEqual({
      error: "Bad Request",
      code: "FST_ERR_MAX_PARAM_LENGTH",
      message: `'${base}/${"é".repeat(101)}' is exceeding the max param length`,
      statusCode: 414,
    });
    expect((await api("GET", `${base}/${"%C3%A9".repeat(100)}`)).status).toBe(404);
  });

  test("a path with an escape that is not valid is refused before the token is read", async () => {
    const { server } = await startTest();
    const response = await server.fetch("/api/v1/projects/%E0%A4%A?b=1");
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: "Bad Request",
      code: "FST_ERR_BAD_URL",
      message: "'/api/v1/projects/%E0%A4%A?b=1' is not a valid url component",
      statusCode: 400,
    });
  });
});

describe("entity tags", () => {
  test("a request that names the entity tag alone is answered with 304", async () => {
    const { api, projectId } = await startTest();
    const path = `/api/v1/projects/${projectId}`;
    const etag = (await api("GET", path)).headers.get("etag") ?? "";
    const statusFor = async (known: string) =>
      (await api("GET", path, { headers: { "if-none-match": known } })).status;
    expect([await statusFor(etag), await statusFor(`W/${etag}`)]).toEqual([304, 304]);
    expect([await statusFor("*"), await statusFor(`"x", ${etag}`)]).toEqual([200, 200]);
  });
});
