import { equal, failsWith } from "../check.mjs";
import { listPath } from "../world.mjs";

/** @type {import("../world.mjs").Case[]} */
export const failureCases = [
  {
    name: "a read is sent again until the server is back",
    run: async ({ client, place, fail, count }) => {
      await fail({ method: "GET", path: listPath, times: 2 }, { status: 503 });
      equal((await client().secrets().listSecrets(place)).secrets, [], "list");
      equal(await count("GET", listPath), 3, "attempts");
    },
  },
  {
    name: "a rate-limited write is sent again, once it is let in",
    run: async ({ client, place, fail, count }) => {
      const path = `${listPath}/NAME`;
      await fail({ method: "POST", path }, { rateLimit: { retryAfter: 0 } });
      await client()
        .secrets()
        .createSecret("NAME", { ...place, secretValue: "value" });
      equal(await count("POST", path), 2, "attempts");
    },
  },
  {
    name: "a write whose connection drops is not sent again, not even by the runtime",
    run: async ({ client, place, fail, count }) => {
      const path = `${listPath}/NAME`;
      const secrets = client().secrets();
      await secrets.listSecrets(place);
      for (const [method, write] of /** @type {const} */ ([
        ["POST", () => secrets.createSecret("NAME", { ...place, secretValue: "value" })],
        ["PATCH", () => secrets.updateSecret("NAME", { ...place, secretValue: "other" })],
        ["DELETE", () => secrets.deleteSecret("NAME", place)],
      ])) {
        await fail({ method, path }, { drop: "after" });
        await failsWith(write(), "CONNECTION_LOST");
        equal(await count(method, path), 1, `times that ${method} was sent`);
      }
      equal((await secrets.listSecrets(place)).secrets, [], "what is left");
    },
  },
  {
    name: "a read whose connection drops is sent again",
    run: async ({ client, place, fail, count }) => {
      const secrets = client().secrets();
      await secrets.listSecrets(place);
      await fail({ method: "GET", path: listPath }, { drop: "before" });
      equal((await secrets.listSecrets(place)).secrets, [], "list");
      equal(await count("GET", listPath), 3, "attempts");
    },
  },
  {
    name: "a server that is not there is UNREACHABLE where the runtime says so",
    run: async ({ client, place, settings }) => {
      const code = settings.tellsRefusal ? "UNREACHABLE" : "CONNECTION_LOST";
      // A port that fetch does not refuse by itself, and that nobody listens on.
      const elsewhere = client({ siteUrl: settings.closedUrl, retry: false });
      await failsWith(elsewhere.secrets().listSecrets(place), code);
    },
  },
  {
    name: "a redirect is not followed",
    run: async ({ client, place, fail, count, settings }) => {
      for (const status of [301, 302, 307, 308]) {
        await fail({ method: "GET", path: listPath }, { redirect: `${settings.siteUrl}/elsewhere`, status });
        const error = await failsWith(client().secrets().listSecrets(place), "REDIRECTED");
        equal(error.statusCode, status, "status");
      }
      equal(await count("GET", "/elsewhere"), 0, "requests elsewhere");
    },
  },
  {
    name: "half a response and a page of HTML are errors",
    run: async ({ client, place, fail }) => {
      const secrets = client({ retry: false }).secrets();
      await fail({ method: "GET", path: listPath }, { truncate: "body" });
      await failsWith(secrets.listSecrets(place), "GATEWAY_ERROR");
      await fail({ method: "GET", path: listPath }, { garbage: true });
      await failsWith(secrets.listSecrets(place), "GATEWAY_ERROR");
      await fail({ method: "GET", path: listPath }, { truncate: "connection" });
      await failsWith(secrets.listSecrets(place), "CONNECTION_LOST");
    },
  },
];
