import { expect, onTestFinished, test } from "vitest";
import { createTestInstanceMetadata, type TestInstanceMetadataOptions } from "../src/clouds/index.ts";

const lifetime = "x-aws-ec2-metadata-token-ttl-seconds";
const document = "/latest/dynamic/instance-identity/document";

async function start(options?: TestInstanceMetadataOptions) {
  const metadata = createTestInstanceMetadata(options);
  const { endpoint } = await metadata.listen();
  onTestFinished(() => metadata.close());
  const put = (headers: Record<string, string>) =>
    fetch(`${endpoint}/latest/api/token`, { method: "PUT", headers });
  const get = (path: string, token?: string) =>
    fetch(endpoint + path, { headers: token === undefined ? {} : { "x-aws-ec2-metadata-token": token } });
  return { metadata, endpoint, put, get };
}

test("the metadata service returns the region and the identity document for a session token", async () => {
  const { put, get } = await start({ region: "eu-north-1", accountId: "111122223333" });
  const response = await put({ [lifetime]: "60" });
  expect([response.status, response.headers.get(lifetime)]).toEqual([200, "60"]);
  const token = await response.text();
  expect(await (await get("/latest/meta-data/placement/region", token)).text()).toBe("eu-north-1");
  expect(await (await get(document, token)).json()).toMatchObject({
    region: "eu-north-1",
    accountId: "111122223333",
    version: "2017-09-30",
  });
  expect((await get("/latest/meta-data/unknown", token)).status).toBe(404);
});

test("the metadata service refuses a missing, a wrong and an expired session token", async () => {
  const { metadata, put, get } = await start({ clock: { frozen: true } });
  const token = await (await put({ [lifetime]: "60" })).text();
  expect((await get(document)).status).toBe(401);
  expect((await get(document, "wrong")).status).toBe(401);
  metadata.clock.advance(59_999);
  expect((await get(document, token)).status).toBe(200);
  metadata.clock.advance(1);
  expect((await get(document, token)).status).toBe(401);
});

test("the metadata service issues session tokens only for a lifetime of 1 to 21,600 seconds, without a proxy, and for a PUT", async () => {
  const { put, get } = await start();
  for (const headers of [{}, { [lifetime]: "0" }, { [lifetime]: "21601" }, { [lifetime]: "1.5" }]) {
    expect((await put(headers as Record<string, string>)).status).toBe(400);
  }
  expect((await put({ [lifetime]: "60", "x-forwarded-for": "10.0.0.1" })).status).toBe(403);
  expect((await get("/latest/api/token")).status).toBe(405);
});

test("the metadata service fails as ordered, and keeps a log", async () => {
  const { metadata, put, get } = await start();
  const failure = metadata.fail({ path: "/latest/api/token" }, { status: 503 });
  expect((await put({ [lifetime]: "60" })).status).toBe(503);
  expect((await put({ [lifetime]: "60" })).status).toBe(200);
  metadata.fail({ path: document }, { drop: "before" });
  await expect(get(document)).rejects.toThrow("fetch failed");
  expect(failure.count).toBe(1);
  expect(metadata.requests.map(({ method, status }) => `${method} ${status}`)).toEqual([
    "PUT 503",
    "PUT 200",
    "GET undefined",
  ]);
});

test("the metadata service closes its port", async () => {
  const { metadata, get } = await start();
  await metadata.close();
  await metadata.close();
  await expect(get(document)).rejects.toThrow("fetch failed");
});
