import { expect, test, vi } from "vitest";
import { failureOf, start } from "#test-kit";
import { apiPath } from "../src/authoring.ts";
import { normalizeSiteUrl } from "../src/http/url.ts";
import { createClient } from "../src/index.ts";
import { list, listPath } from "./calls.ts";

test.each([301, 302, 307, 308])("a %i is not followed, and says which siteUrl to use", async (status) => {
  const { server, client, location } = await start();
  const other = await start();
  server.fail({ path: listPath }, { redirect: `${other.siteUrl}/elsewhere?token=x`, status });
  const error = await failureOf(list(client, location));
  expect(error).toMatchObject({ code: "REDIRECTED", statusCode: status });
  expect(error.message).toContain(`"${other.siteUrl}"`);
  expect(error.message).not.toContain("token=x");
  expect(other.server.requests).toHaveLength(0);
});

test.each([
  ["https://app.infisical.com", "https://app.infisical.com"],
  ["https://app.infisical.com/", "https://app.infisical.com"],
  ["https://app.infisical.com/api", "https://app.infisical.com"],
  ["https://app.infisical.com/api/", "https://app.infisical.com"],
  ["https://example.com/infisical/api/", "https://example.com/infisical"],
  ["http://127.0.0.1:8080//", "http://127.0.0.1:8080"],
  ["secrets.example.com", "https://secrets.example.com"],
  [" https://EXAMPLE.com ", "https://example.com"],
])("siteUrl %s means %s", (given, meant) => {
  expect(normalizeSiteUrl("siteUrl", given)).toBe(meant);
});

test.each(["ftp://example.com", "", "not a url", "https://a.b/?x=1", "https://a.b/#x", "file:///etc", 7])(
  "siteUrl %s is refused by name",
  (siteUrl) => {
    expect(() => createClient({ siteUrl: siteUrl as string })).toThrow(/^siteUrl must/);
  },
);

test("a siteUrl with a password is refused without repeating it", () => {
  expect(() => createClient({ siteUrl: "https://user:hunter2@example.com" })).toThrow(
    "siteUrl must not contain a user name or password.",
  );
});

test("plain http beyond the machine is warned of once per client", () => {
  const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  createClient({ siteUrl: "http://secrets.example.com" });
  expect(warn).toHaveBeenCalledTimes(1);
  createClient({ siteUrl: "http://localhost:8080" });
  createClient({ siteUrl: "http://127.1.2.3:8080" });
  createClient({ siteUrl: "http://[::1]:8080" });
  createClient({ siteUrl: "https://secrets.example.com" });
  expect(warn).toHaveBeenCalledTimes(1);
  warn.mockRestore();
});

test.each(["a/b", "a b", "100%", "x%2Fy", "ключ", "a?b#c", "a\\b", "...", "%2e%2e"])(
  "the name %j stays in its place in a path",
  (name) => {
    const path = apiPath`/api/x/${{ name }}/y`;
    expect(new URL(path, "https://example.com").pathname).toBe(path);
    expect(decodeURIComponent(path.split("/")[3] ?? "")).toBe(name);
  },
);

test.each([".", "..", "", "\ud800", undefined as unknown as string])(
  "the name %j cannot stand in a path",
  (secretName) => {
    expect(() => apiPath`/api/x/${{ secretName }}`).toThrow(/^secretName must/);
  },
);

test.each([
  "//evil.example",
  "/api/../admin",
  "/api/%2e%2e/admin",
  "/api/x?y=1",
  "/api/x#y",
  "/api\\x",
  "api/x",
  "@evil",
])("the path %s is refused", async (path) => {
  const { connect } = await start();
  expect(await failureOf(connect().request({ method: "GET", path }))).toMatchObject({
    code: "INVALID_OPTION",
  });
});
