import { equal, failsWith, failureOf } from "../check.mjs";
import { listPath } from "../world.mjs";

/** @type {import("../world.mjs").Case[]} */
export const timeCases = [
  {
    name: "a response that stalls ends within the time limit",
    run: async ({ client, place, fail }) => {
      const one = client({ retry: false });
      await one.auth().login();
      for (const stall of ["headers", "body"]) {
        await fail({ method: "GET", path: listPath }, { stall });
        await failsWith(one.secrets().listSecrets({ ...place, timeout: 150 }), "TIMEOUT");
      }
    },
  },
  {
    name: "the caller's signal ends a call, and its reason passes through",
    run: async ({ client, place, fail }) => {
      const one = client();
      await one.auth().login();
      for (const stall of ["headers", "body"]) {
        const controller = new AbortController();
        const reason = new Error("no longer wanted");
        await fail({ method: "GET", path: listPath }, { stall });
        setTimeout(() => controller.abort(reason), 100);
        const error = await failureOf(one.secrets().listSecrets({ ...place, signal: controller.signal }));
        equal(error === reason, true, "reason");
      }
    },
  },
  {
    name: "a signal that has aborted already sends nothing",
    run: async ({ client, place, count }) => {
      const error = await failureOf(
        client()
          .secrets()
          .listSecrets({ ...place, signal: AbortSignal.abort() }),
      );
      equal(error.name, "AbortError", "name");
      equal(await count("GET", listPath), 0, "requests");
    },
  },
  {
    name: "the caller's signal ends a wait between attempts",
    run: async ({ client, place, fail, count }) => {
      const one = client();
      await one.auth().login();
      await fail({ method: "GET", path: listPath, times: 100 }, { rateLimit: { retryAfter: 50 } });
      const signal = AbortSignal.timeout(100);
      const error = await failureOf(one.secrets().listSecrets({ ...place, signal }));
      equal(error.name, "TimeoutError", "name");
      equal(await count("GET", listPath), 1, "attempts");
    },
  },
];
