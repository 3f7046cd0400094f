import { equal, failsWith } from "../check.mjs";
import { listPath } from "../world.mjs";

/** @type {import("../world.mjs").Case[]} */
export const secretsCases = [
  {
    name: "the default transport is the one of the platform",
    run: async ({ client, place, count, settings }) => {
      const { fetch } = globalThis;
      let calls = 0;
      globalThis.fetch = (input, init) => {
        if (String(input instanceof Request ? input.url : input).startsWith(settings.siteUrl)) calls += 1;
        return fetch(input, init);
      };
      try {
        await client().secrets().listSecrets(place);
      } finally {
        globalThis.fetch = fetch;
      }
      equal(await count("GET", listPath), 1, "lists that arrived");
      equal(calls, settings.sendsByFetch ? 2 : 0, "calls of fetch, for the login and the list");
    },
  },
  {
    name: "secrets are created, read, listed, changed and deleted",
    run: async ({ client, place }) => {
      const secrets = client().secrets();
      const value = "grüße\n\u{1F511} ${NOT_A_REFERENCE";
      await secrets.createSecret("FIRST", { ...place, secretValue: value });
      await secrets.createSecret("SECOND", { ...place, secretValue: "2" });
      equal((await secrets.getSecret({ ...place, secretName: "FIRST" })).secretValue, value, "what was read");
      await secrets.updateSecret("SECOND", { ...place, secretValue: "two" });
      await secrets.deleteSecret("FIRST", place);
      const list = (await secrets.listSecrets(place)).secrets;
      equal(
        list.map(({ secretKey, secretValue }) => [secretKey, secretValue]),
        [["SECOND", "two"]],
        "what is left",
      );
    },
  },
  {
    name: "a secret that does not exist is a NOT_FOUND with all its fields",
    run: async ({ client, place, modules, settings }) => {
      const error = await failsWith(
        client()
          .secrets()
          .getSecret({ ...place, secretName: "NONE" }),
        "NOT_FOUND",
      );
      equal(error.statusCode, 404, "status");
      equal(error.method, "GET", "method");
      equal(error.url, `${settings.siteUrl}${listPath}/NONE`, "url");
      equal(error.name, "InfisicalSDKRequestError", "name");
      equal(modules.core.isInfisicalError(error), true, "recognised");
      equal(error instanceof modules.core.InfisicalSDKRequestError, true, "instance");
    },
  },
  {
    name: "a wrong option is refused before anything is sent",
    run: async ({ client, place, count, modules }) => {
      await failsWith(
        client()
          .secrets()
          .getSecret({ ...place, secretName: ".." }),
        "INVALID_OPTION",
      );
      await failsWith(
        (async () => modules.core.createClient({ siteUrl: "ftp://localhost" }))(),
        "INVALID_OPTION",
      );
      equal(await count("GET", listPath), 0, "requests");
    },
  },
];
