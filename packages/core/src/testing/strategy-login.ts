import { createClient } from "../client.ts";
import type { AuthStrategy } from "../contracts/auth-strategy.ts";
import { isInfisicalError } from "../errors/errors.ts";
import { assert, type ContractCase, isSame, rejectionOf, textOf } from "./contract-case.ts";
import { sideEffectsOf } from "./side-effects.ts";
import {
  contextAnswering,
  echoingRefusal,
  FakeServer,
  loginResponse,
  logins,
  siteUrl,
} from "./under-test.ts";

/** What a strategy promises when it logs in. */
export function loginCases(build: () => Promise<AuthStrategy>): readonly ContractCase[] {
  return [
    {
      name: "a login goes through the http client of its context, without a token",
      run: async () => {
        const { context, server } = contextAnswering(logins());
        const strategy = await build();
        const first = await strategy.login(context);
        await strategy.login(context);
        assert(server.requests.length > 0, "The login sends nothing through the http client of its context.");
        for (const { headers, body } of server.requests) {
          assert(!("authorization" in headers), "The login sends an authorization header.");
          assert(!body.includes(first.accessToken), "The login sends the token of an earlier one.");
        }
      },
    },
    {
      name: "every login asks the server again",
      run: async () => {
        const { context, server } = contextAnswering(logins());
        const strategy = await build();
        const first = await strategy.login(context);
        const asked = server.requests.length;
        const second = await strategy.login(context);
        assert(
          server.requests.length > asked,
          "The second login sends nothing: keeping tokens is the session's task.",
        );
        assert(first.accessToken !== second.accessToken, "The second login returns the token of the first.");
      },
    },
    {
      name: "a login resolves to the server's unchanged response",
      run: async () => {
        const { context, server } = contextAnswering(logins());
        const response = await (await build()).login(context);
        assert(
          isSame(response, loginResponse(server.requests.length)),
          "The login resolves to something other than the server's response.",
        );
      },
    },
    {
      name: "an abort ends a login immediately, with its own reason",
      run: async () => {
        const abort = new AbortController();
        const reason = new Error("not wanted any more");
        const { context } = contextAnswering(() => {
          queueMicrotask(() => abort.abort(reason));
          return "silence";
        });
        const strategy = await build();
        const error = await rejectionOf(
          () => strategy.login({ ...context, signal: abort.signal }),
          "A login does not end when its signal aborts.",
        );
        assert(
          error === reason,
          `An aborted login rejects with "${textOf(error)}" instead of its signal's reason.`,
        );
      },
    },
    {
      name: "a refused login is sent once, and its error comes through",
      run: async () => {
        const { context, server } = contextAnswering((request) =>
          echoingRefusal(401, "UnauthorizedError", request),
        );
        const strategy = await build();
        const error = await rejectionOf(() => strategy.login(context), "A refused login does not fail.");
        const isRefusal =
          isInfisicalError(error) && error.name === "InfisicalSDKRequestError" && error.statusCode === 401;
        assert(isRefusal, `A refused login rejects with "${textOf(error)}" instead of the server's refusal.`);
        assert(
          server.requests.length === 1,
          `A refused login is sent ${server.requests.length} times: three failures lock an identity.`,
        );
      },
    },
    {
      name: "a login leaves no timer behind",
      run: async () => {
        const strategy = await build();
        const { context } = contextAnswering(logins());
        const { started } = await sideEffectsOf(() => strategy.login(context));
        assert(!started.includes("a timer"), "A login leaves a timer behind.");
      },
    },
    {
      name: "a client logs in with the strategy and uses its token",
      run: async () => {
        const server = new FakeServer(logins());
        const strategy = await build();
        // A login that goes its own way is answered like all others.
        const login: AuthStrategy["login"] = (context) =>
          strategy.login({ ...context, httpVia: () => context.http });
        const client = createClient({
          siteUrl,
          auth: { ...strategy, login },
          transport: server.transport,
          retry: false,
        });
        await client.request({ method: "GET", path: "/any/path" });
        const used = server.requests.at(-1)?.headers["authorization"];
        const { accessToken } = loginResponse(server.requests.length - 1);
        assert(used === `Bearer ${accessToken}`, "The client does not use the login's token.");
      },
    },
  ];
}
