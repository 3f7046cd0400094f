import { equal, failsWith } from "../check.mjs";
import { listPath, loginPath, renewPath } from "../world.mjs";

/** @type {import("../world.mjs").Case[]} */
export const sessionCases = [
  {
    name: "calls made at once share one login",
    run: async ({ client, place, count }) => {
      const secrets = client().secrets();
      await Promise.all(Array.from({ length: 10 }, () => secrets.listSecrets(place)));
      equal(await count("POST", loginPath), 1, "logins");
      equal(await count("GET", listPath), 10, "lists");
    },
  },
  {
    name: "a refused login is AUTH_FAILED and shows no credential",
    run: async ({ client, place, modules, settings }) => {
      const { clientId } = settings;
      const auth = modules.authUniversal.universalAuth({ clientId, clientSecret: "not-the-secret" });
      const error = await failsWith(client({ auth }).secrets().listSecrets(place), "AUTH_FAILED");
      const printed = [String(error), error.stack, JSON.stringify(error)].join();
      equal(printed.includes("not-the-secret"), false, "printed");
    },
  },
  {
    name: "a token that has ended is replaced, and the call is made again",
    run: async ({ client, place, count, expireTokens }) => {
      const secrets = client().secrets();
      await secrets.listSecrets(place);
      await expireTokens();
      equal((await secrets.listSecrets(place)).secrets, [], "list");
      equal(await count("POST", loginPath), 2, "logins");
    },
  },
  {
    name: "a token is renewed and revoked, and a new one follows",
    run: async ({ client, place, count }) => {
      const one = client();
      await one.auth().login();
      await one.auth().renew();
      equal(await count("POST", renewPath), 1, "renewals");
      await one.auth().revoke();
      equal(one.auth().getAccessToken(), null, "token after its end");
      await one.secrets().listSecrets(place);
      equal(await count("POST", loginPath), 2, "logins");
    },
  },
];
