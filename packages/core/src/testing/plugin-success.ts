import { isInfisicalError } from "../errors/errors.ts";
import { assert } from "./assert.ts";
import type { ContractCase } from "./contract-case.ts";
import { siteUrl } from "./fake-server.ts";
import { hostileTexts, misplacedText } from "./misplaced-text.ts";
import { type CallUnderTest, token } from "./plugin-call.ts";
import { isSame } from "./values.ts";

/** What a call promises when the server answers as it should. */
export function successCases<Api>(call: CallUnderTest<Api>): readonly ContractCase[] {
  return [
    {
      name: `${call.name} sends one request, with the session's token`,
      run: async () => {
        const { server, make } = call.client();
        await make();
        const [request, ...more] = server.requests;
        assert(request, "The call sends nothing through the http client of its plugin.");
        assert(more.length === 0, `The call sends ${more.length + 1} requests.`);
        const sent = request.headers["authorization"];
        assert(sent === `Bearer ${token}`, "The call goes without the session's token.");
      },
    },
    {
      name: `${call.name} resolves to what the server sent`,
      run: async () => {
        const given = await call.client().make();
        assert(
          isSame(given, call.result),
          "The call resolves to something else than was expected of this response.",
        );
      },
    },
    {
      name: `${call.name} leaves its options as they are`,
      run: async () => {
        const options = call.options();
        await call.client().make(undefined, options);
        assert(isSame(options, call.options()), "The call changes the options that it was given.");
      },
    },
    {
      name: `${call.name} keeps names and ids in their place`,
      run: async () => {
        const { server, make } = call.client();
        await make();
        const usual = server.requests[0]?.url ?? new URL(siteUrl);
        for (const [option, value] of Object.entries(call.options())) {
          if (typeof value === "string") await keepsInPlace(call, usual, option, value);
        }
      },
    },
  ];
}

async function keepsInPlace<Api>(
  call: CallUnderTest<Api>,
  usual: URL,
  option: string,
  value: string,
): Promise<void> {
  for (const text of hostileTexts) {
    const { server, make } = call.client();
    const refusal = await make({ [option]: text }).then(() => undefined, asRefusal);
    const { url } = server.requests[0] ?? {};
    assert(url ?? refusal, `With ${option} "${text}" the call sends nothing and does not say why.`);
    const stray = url && misplacedText(usual, url, { usual: value, other: text });
    assert(!stray, `With ${option} "${text}" the request goes to ${stray}.`);
  }
}

/** An option that was refused; anything else is thrown on. */
function asRefusal(error: unknown): unknown {
  if (isInfisicalError(error) && error.code === "INVALID_OPTION") return error;
  throw error;
}
