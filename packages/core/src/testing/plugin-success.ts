import { isInfisicalError } from "../errors/is-infisical-error.ts";
import type { ContractCase } from "./contract-case.ts";
import { demand } from "./demand.ts";
import { hostileTexts, strayTextOf } from "./hostile-names.ts";
import { type CallUnderTest, token } from "./plugin-call.ts";
import { siteUrl } from "./stand-in.ts";
import { isSame } from "./values.ts";

/** What a call promises when the server answers as it should. */
export function successCases<Api>(call: CallUnderTest<Api>): readonly ContractCase[] {
  return [
    {
      name: `${call.name} sends one request, with the session's token`,
      run: async () => {
        const { standIn, make } = call.client();
        await make();
        const [request, ...more] = standIn.requests;
        demand(request, "The call sends nothing through the http client of its plugin.");
        demand(more.length === 0, `The call sends ${more.length + 1} requests.`);
        const sent = request.headers.get("authorization");
        demand(sent === `Bearer ${token}`, "The call goes without the session's token.");
      },
    },
    {
      name: `${call.name} gives what the server sent`,
      run: async () => {
        const given = await call.client().make();
        demand(isSame(given, call.result), "The call gives something else than was expected of this reply.");
      },
    },
    {
      name: `${call.name} leaves its options as they are`,
      run: async () => {
        const options = call.options();
        await call.client().make(undefined, options);
        demand(isSame(options, call.options()), "The call changes the options that it was given.");
      },
    },
    {
      name: `${call.name} keeps names and ids in their place`,
      run: async () => {
        const { standIn, make } = call.client();
        await make();
        const usual = standIn.requests[0]?.url ?? new URL(siteUrl);
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
    const { standIn, make } = call.client();
    const refusal = await make({ [option]: text }).then(() => undefined, asRefusal);
    const { url } = standIn.requests[0] ?? {};
    demand(url ?? refusal, `With ${option} "${text}" the call sends nothing and does not say why.`);
    const stray = url && strayTextOf(usual, url, { usual: value, other: text });
    demand(!stray, `With ${option} "${text}" the request goes to ${stray}.`);
  }
}

/** An option that was refused; anything else is thrown on. */
function asRefusal(error: unknown): unknown {
  if (isInfisicalError(error) && error.code === "INVALID_OPTION") return error;
  throw error;
}
