import type { AuthStrategy } from "../auth-strategy.ts";
import { createClient } from "../client.ts";
import { isInfisicalError } from "../errors/is-infisical-error.ts";
import type { ContractCase } from "./contract-case.ts";
import { demand, rejectionOf, textOf } from "./demand.ts";
import { accepts, httpThat, loginReply } from "./login-context.ts";
import { sideEffectsOf } from "./side-effects.ts";
import { StandIn, siteUrl, tellTaleRefusal } from "./stand-in.ts";
import { isSame } from "./values.ts";

/** What a strategy promises when it logs in. */
export function loginCases(build: () => Promise<AuthStrategy>): readonly ContractCase[] {
  return [
    {
      name: "a login goes through the http client that it is given, without a token",
      run: async () => {
        const { http, standIn } = httpThat(accepts());
        const strategy = await build();
        const first = await strategy.login({ http });
        await strategy.login({ http });
        demand(
          standIn.requests.length > 0,
          "The login sends nothing through the http client of its context.",
        );
        for (const { headers, body } of standIn.requests) {
          demand(!headers.has("authorization"), "The login sends an authorization header.");
          demand(!body.includes(first.accessToken), "The login sends the token of an earlier one.");
        }
      },
    },
    {
      name: "every login asks the server anew",
      run: async () => {
        const { http, standIn } = httpThat(accepts());
        const strategy = await build();
        const first = await strategy.login({ http });
        const asked = standIn.requests.length;
        const second = await strategy.login({ http });
        demand(
          standIn.requests.length > asked,
          "The second login sends nothing: tokens are the session's to keep.",
        );
        demand(first.accessToken !== second.accessToken, "The second login gives the token of the first.");
      },
    },
    {
      name: "a login gives back the server's reply as it is",
      run: async () => {
        const { http, standIn } = httpThat(accepts());
        const reply = await (await build()).login({ http });
        demand(
          isSame(reply, loginReply(standIn.requests.length)),
          "The login gives something else than the server's reply.",
        );
      },
    },
    {
      name: "an abort ends a login at once, with its own reason",
      run: async () => {
        const abort = new AbortController();
        const reason = new Error("not wanted any more");
        const { http } = httpThat(() => {
          queueMicrotask(() => abort.abort(reason));
          return "silence";
        });
        const strategy = await build();
        const error = await rejectionOf(
          () => strategy.login({ http, signal: abort.signal }),
          "A login does not end when its signal aborts.",
        );
        demand(
          error === reason,
          `An aborted login rejects with "${textOf(error)}" instead of its signal's reason.`,
        );
      },
    },
    {
      name: "a refused login is sent once, and its error comes through",
      run: async () => {
        const { http, standIn } = httpThat((request) => tellTaleRefusal(401, "UnauthorizedError", request));
        const strategy = await build();
        const error = await rejectionOf(() => strategy.login({ http }), "A refused login does not fail.");
        const isRefusal =
          isInfisicalError(error) && error.name === "InfisicalSDKRequestError" && error.statusCode === 401;
        demand(isRefusal, `A refused login rejects with "${textOf(error)}" instead of the server's refusal.`);
        demand(
          standIn.requests.length === 1,
          `A refused login is sent ${standIn.requests.length} times: three failures lock an identity.`,
        );
      },
    },
    {
      name: "a login leaves no timer behind",
      run: async () => {
        const strategy = await build();
        const { http } = httpThat(accepts());
        const { started } = await sideEffectsOf(() => strategy.login({ http }));
        demand(!started.includes("a timer"), "A login leaves a timer behind.");
      },
    },
    {
      name: "a client logs in with the strategy and uses its token",
      run: async () => {
        const standIn = new StandIn(accepts());
        const client = createClient({ siteUrl, auth: await build(), fetch: standIn.fetch, retry: false });
        await client.request({ method: "GET", path: "/any/path" });
        const used = standIn.requests.at(-1)?.headers.get("authorization");
        const { accessToken } = loginReply(standIn.requests.length - 1);
        demand(used === `Bearer ${accessToken}`, "The client does not get the login's token.");
      },
    },
  ];
}
