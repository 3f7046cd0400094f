import { createServer } from "node:https";

/** Made for localhost by nobody whom anybody trusts, valid for a hundred years. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUS+HK1P94cPhoN0A6kwMbEum52zQwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNjE1MTYyMVoYDzIxMjYxMTAy
MTUxNjIxWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARNmrwaw+OafhHf1n82/ZxjQWrhlV5VvIspQsYy4EcBgyae94C2dCSk
3Z9dZqVUwE/VcxIV6RmFWHu+MaaKuMgpo28wbTAdBgNVHQ4EFgQUL5A5mG6FMvST
O0aOPSF0hyNs6l8wHwYDVR0jBBgwFoAUL5A5mG6FMvSTO0aOPSF0hyNs6l8wDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIhAMRstX9++0fIcBAkLSBKPUFrUJOZ2Mv/Nj1zWYtYzqemAiBa
2ZfXeIeo6ZnzSrv/hDl+4bTx37VKFnWgSDLiRo44aQ==
-----END CERTIFICATE-----
`;

const privateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg2AORsoY6/kbLVkVH
pduKpzlXc9GhWGxHz8BTVklb0bihRANCAARNmrwaw+OafhHf1n82/ZxjQWrhlV5V
vIspQsYy4EcBgyae94C2dCSk3Z9dZqVUwE/VcxIV6RmFWHu+MaaKuMgp
-----END PRIVATE KEY-----
`;

/**
 * Opens a port that speaks TLS with a certificate that nobody trusts, and would answer whoever took it.
 *
 * @returns {Promise<{ origin: string, seen: { connections: number, requests: number }, close: () => Promise<void> }>}
 */
export async function openUntrustedEndpoint() {
  const seen = { connections: 0, requests: 0 };
  const server = createServer({ cert: certificate, key: privateKey }, (_, response) => {
    seen.requests += 1;
    response.setHeader("content-type", "application/json").end("{}");
  });
  server.on("connection", () => {
    seen.connections += 1;
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const close = () =>
    new Promise((resolve) => {
      server.close(() => resolve(undefined));
      server.closeAllConnections();
    });
  return { origin: `https://127.0.0.1:${port}`, seen, close: async () => void (await close()) };
}
