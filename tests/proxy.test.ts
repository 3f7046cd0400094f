import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { InfisicalSDK } from "@infisical/sdk";
import { createTestServer } from "@infisical/test-server";
import { fetch as fetchThrough, ProxyAgent } from "undici";
import { expect, test } from "vitest";

/** A proxy that tunnels, and the hosts it was asked for. */
async function startProxy() {
  const hosts: string[] = [];
  const proxy = createServer().on("connect", ({ url = "" }, client) => {
    hosts.push(url);
    const [host = "", port] = url.split(":");
    const target = connect(Number(port), host, () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      client.pipe(target).pipe(client);
    });
    for (const end of [client, target]) end.on("error", () => undefined);
  });
  await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
  const { port } = proxy.address() as AddressInfo;
  return { hosts, proxyUrl: `http://127.0.0.1:${port}`, close: () => proxy.close() };
}

test("a client with undici's fetch and a proxy agent goes through the proxy", async () => {
  await using server = createTestServer();
  const { siteUrl } = await server.listen();
  server.secrets.set({ environment: "dev", key: "API_KEY", value: "through the proxy" });
  const { hosts, proxyUrl, close } = await startProxy();
  const dispatcher = new ProxyAgent(proxyUrl);
  const client = new InfisicalSDK({
    siteUrl,
    fetch: (url, init) => fetchThrough(url, { ...init, dispatcher }),
  });

  const { clientId = "", clientSecret = "" } = server.identities[0] ?? {};
  await client.auth().universalAuth.login({ clientId, clientSecret });
  const place = { projectId: server.projects[0]?.id ?? "", environment: "dev" };
  const { secretValue } = await client.secrets().getSecret({ ...place, secretName: "API_KEY" });

  expect(secretValue).toBe("through the proxy");
  expect(new Set(hosts)).toEqual(new Set([new URL(siteUrl).host]));
  await dispatcher.close();
  close();
});
