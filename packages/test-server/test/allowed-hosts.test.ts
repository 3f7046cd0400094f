import { once } from "node:events";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, test } from "vitest";
import { createTestInstanceMetadata } from "../src/clouds/index.ts";
import { createTestServer, type ListenOptions } from "../src/index.ts";

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function listening(options?: ListenOptions) {
  const server = createTestServer();
  open.push(server);
  const { siteUrl } = await server.listen(options);
  return { server, port: Number(new URL(siteUrl).port) };
}

/** Sends a request to the loopback interface under a name, as a browser does after DNS rebinding. */
async function sendAs(host: string, port: number, path = "/api/status") {
  const sent = request({ host: "127.0.0.1", port, path, headers: { host } });
  const answered = once(sent, "response");
  sent.end();
  const [response] = await answered;
  return { status: response.statusCode, body: await text(response) };
}

async function statuses(hosts: readonly string[], port: number): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const host of hosts) found[host] = (await sendAs(host, port)).status;
  return found;
}

describe("a port", () => {
  test("a port answers as the loopback interface, in any case and with any port number", async () => {
    const { port } = await listening();
    for (const host of ["localhost", "LocalHost:1", "localhost.", "127.0.0.1", "127.0.0.1:443", "[::1]:80"]) {
      expect((await sendAs(host, port)).status).toBe(200);
    }
  });

  test("a port rejects other names, says how to allow them, and does nothing", async () => {
    const { server, port } = await listening();
    const others = ["evil.test", "evil.test:80", "localhost.evil.test", "127.0.0.1.evil.test", "192.168.1.7"];
    const login = "/api/v1/auth/universal-auth/login";
    for (const host of others) expect((await sendAs(host, port, login)).status).toBe(421);
    expect(server.requests.map(({ status }) => status)).toEqual(others.map(() => 421));
    const { message } = JSON.parse((await sendAs("evil.test:80", port)).body);
    expect(message).toContain('does not answer as "evil.test"');
    expect(message).toContain('allowedHosts: ["evil.test"]');
  });

  test("a rejected request does not use up an ordered failure", async () => {
    const { server, port } = await listening();
    const failure = server.fail({}, { status: 503 });
    expect((await sendAs("evil.test", port)).status).toBe(421);
    expect(failure.count).toBe(0);
    expect((await sendAs("localhost", port)).status).toBe(503);
  });

  test("a port answers as the allowed names, and not as their subdomains", async () => {
    const { port } = await listening({ allowedHosts: ["Infisical", "host.docker.internal"] });
    const hosts = [`infisical:${port}`, "host.docker.internal", "evil.infisical", "localhost"];
    expect(Object.values(await statuses(hosts, port))).toEqual([200, 200, 421, 200]);
  });

  test("a port that other machines reach answers as any IP address, but as no other name", async () => {
    const { port } = await listening({ host: "0.0.0.0", allowedHosts: ["infisical"] });
    expect(await statuses(["0.0.0.0", "172.17.0.2", "[fd00::1]:80", "infisical", "localhost"], port)).toEqual(
      {
        "0.0.0.0": 200,
        "172.17.0.2": 200,
        "[fd00::1]:80": 200,
        infisical: 200,
        localhost: 200,
      },
    );
    expect(await statuses(["evil.test", "1.2.3.4.evil.test"], port)).toEqual({
      "evil.test": 421,
      "1.2.3.4.evil.test": 421,
    });
  });

  test.each([["http://infisical"], ["infisical:8080"], [""], ["*"]])(
    "allowing %j is refused: it is not a host",
    async (name) => {
      const listens = listening({ allowedHosts: ["infisical", name] });
      await expect(listens).rejects.toThrow("allowedHosts[1]: must be a host without scheme and port");
    },
  );

  test("the port of the metadata service checks the host too", async () => {
    const metadata = createTestInstanceMetadata();
    open.push(metadata);
    const { endpoint } = await metadata.listen();
    const port = Number(new URL(endpoint).port);
    expect(await statuses(["evil.test", "127.0.0.1"], port)).toEqual({ "evil.test": 421, "127.0.0.1": 401 });
  });
});

describe("without a port", () => {
  test("without a port, any host is accepted", async () => {
    const server = createTestServer();
    expect((await server.fetch("http://evil.test/api/status")).status).toBe(200);
    const asked = { method: "GET", url: "http://evil.test/api/status", headers: { host: "evil.test" } };
    expect((await server.transport(asked)).status).toBe(200);
  });
});
