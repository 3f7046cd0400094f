import { randomBytes } from "node:crypto";
import { universalAuth } from "@infisical/auth-universal";
import { cache } from "@infisical/cache";
import { createClient } from "@infisical/core";
import { secrets } from "@infisical/secrets";
import { InfisicalSDK } from "infisical-official";

/**
 * A program of the fleet: each call is one start of it, which reads the secrets or fails.
 *
 * @typedef {() => Promise<unknown>} Program
 *
 * @typedef {import("@infisical/test-server").TestServer} TestServer
 * @typedef {import("./moved-time.mjs").MovedTime} MovedTime
 * @typedef {{ server: TestServer, transport: import("@infisical/core").Transport, time: MovedTime }} Fleet
 *
 * @type {Readonly<Record<string, (fleet: Fleet) => () => Program>>}
 */
export const subjects = {
  official({ server }) {
    const location = place(server);
    return () => async () => {
      const sdk = new InfisicalSDK({ siteUrl: "http://infisical.test" });
      await sdk.auth().universalAuth.login(server.credentials());
      return sdk.secrets().listSecrets(location);
    };
  },
  ours(fleet) {
    return () => async () => {
      const client = connect(fleet);
      return client.secrets().listSecrets(place(fleet.server));
    };
  },
  "ours, with a shared store"(fleet) {
    const texts = new Map();
    const store = {
      /** @param {string} key */
      get: (key) => texts.get(key),
      /** @param {string} key @param {string} text */
      set: (key, text) => void texts.set(key, text),
      /** @param {string} key */
      delete: (key) => void texts.delete(key),
      /** @param {string} key @param {string} text */
      setIfAbsent: (key, text) => !texts.has(key) && Boolean(texts.set(key, text)),
    };
    const encryptionKey = randomBytes(32);
    return () => async () => {
      const reads = cache({ ttl: "10m", store, encryptionKey, clock: fleet.time });
      const client = connect(fleet, [reads]);
      return client.secrets().listSecrets(place(fleet.server));
    };
  },
};

/** @param {TestServer} server */
function place(server) {
  return { projectId: server.projectId(), environment: "dev" };
}

/**
 * @param {Fleet} fleet
 * @param {readonly import("@infisical/core").Middleware[]} [middleware]
 */
function connect({ server, transport, time }, middleware = []) {
  return createClient({
    auth: universalAuth(server.credentials()),
    plugins: [secrets()],
    transport: (request) => time.during(() => transport(request)),
    clock: time,
    middleware,
  });
}
