import { InfisicalSDK } from "@infisical/sdk";
import { fetch as fetchThrough, ProxyAgent } from "undici";
import { expect, test } from "vitest";
import { serveProxy, start } from "#test-kit";

test("a client with undici's fetch and a proxy agent goes through the proxy", async () => {
  const { server, siteUrl, location } = await start();
  server.secrets.set({ environment: "dev", key: "API_KEY", value: "through the proxy" });
  const { requests, url: proxyUrl } = await serveProxy();
  const dispatcher = new ProxyAgent(proxyUrl);
  const client = new InfisicalSDK({
    siteUrl,
    fetch: (url, init) => fetchThrough(url, { ...init, dispatcher }),
  });

  await client.auth().universalAuth.login(server.credentials());
  const { secretValue } = await client.secrets().getSecret({ ...location, secretName: "API_KEY" });

  expect(secretValue).toBe("through the proxy");
  expect(new Set(requests)).toEqual(new Set([`CONNECT ${new URL(siteUrl).host}`]));
  await dispatcher.close();
});
