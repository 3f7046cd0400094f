import { expect, test } from "vitest";
import { createTestInstanceMetadata } from "../src/clouds/index.ts";
import { createTestServer } from "../src/index.ts";

const server = createTestServer();
const location = { environment: "dev", key: "A" };

test.each<[string, (value: never) => unknown, unknown, RegExp]>([
  ["listen", (value) => server.listen(value), null, /^listen\(\): options: Expected object/],
  ["listen", (value) => server.listen(value), { host: 5 }, /^listen\(\): host: Expected string/],
  ["listen", (value) => server.listen(value), { Port: 1 }, /^listen\(\): options: Unrecognized key.*Port/],
  ["listen", (value) => server.listen(value), { port: "80" }, /^listen\(\): port: Expected number/],
  ["listen", (value) => server.listen(value), { port: 65_536 }, /^listen\(\): port: Number must be less/],
  [
    "listen",
    (value) => server.listen(value),
    { allowedHosts: "infisical" },
    /^listen\(\): allowedHosts: Expected/,
  ],
  [
    "listen",
    (value) => server.listen(value),
    { allowedHosts: [5] },
    /^listen\(\): allowedHosts\[0\]: must be a host/,
  ],
  ["secrets.set", (value) => server.secrets.set(value), undefined, /^secrets\.set\(\): options: Required/],
  [
    "secrets.set",
    (value) => server.secrets.set(value),
    { ...location, value: 5 },
    /^secrets\.set\(\): value: /,
  ],
  [
    "secrets.set",
    (value) => server.secrets.set(value),
    { ...location, value: "v", comments: "x" },
    /comments/,
  ],
  ["secrets.get", (value) => server.secrets.get(value), undefined, /^secrets\.get\(\): options: Required/],
  [
    "secrets.delete",
    (value) => server.secrets.delete(value),
    { key: "A" },
    /^secrets\.delete\(\): environment: /,
  ],
  [
    "failRevocations",
    (value) => server.leases.failRevocations(value),
    { x: 1 },
    /failRevocations\(\): .*'x'/,
  ],
  [
    "instance metadata",
    (value) => createTestInstanceMetadata(value),
    { zone: "a" },
    /InstanceMetadata\(\): .*'zone'/,
  ],
])("%s says what is wrong: %#", async (_, call, value, message) => {
  await expect((async () => call(value as never))()).rejects.toThrow(message);
  await expect((async () => call(value as never))()).rejects.toBeInstanceOf(TypeError);
});
