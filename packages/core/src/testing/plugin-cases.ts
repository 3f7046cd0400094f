import { isInfisicalError } from "../errors/errors.ts";
import { assert, type ContractCase, isSame, rejectionOf, shows, textOf } from "./contract-case.ts";
import { type CallUnderTest, echoingRefusal, jsonResponse, siteUrl, token } from "./under-test.ts";

/** What a call promises if the server answers as it should. */
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
        assert(isSame(given, call.result), "The call resolves to something other than the expected result.");
      },
    },
    {
      name: `${call.name} does not change its options`,
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
    assert(url ?? refusal, `With ${option} "${text}" the call sends nothing and does not refuse the option.`);
    const stray = url && misplacedText(usual, url, { usual: value, other: text });
    assert(!stray, `With ${option} "${text}" the request goes to ${stray}.`);
  }
}

/** Returns the error of a refused option; rethrows anything else. */
function asRefusal(error: unknown): unknown {
  if (isInfisicalError(error) && error.code === "INVALID_OPTION") return error;
  throw error;
}

/** What a call promises if something goes wrong. */
export function failureCases<Api>(call: CallUnderTest<Api>): readonly ContractCase[] {
  return [
    {
      name: `${call.name} rejects a response of another shape`,
      run: async () => {
        for (const body of [{}, [], null, "text"]) {
          const shown = JSON.stringify(body);
          const error = await rejectionOf(
            () => call.client({ answer: () => jsonResponse(200, body) }).make(),
            `The call accepts the response ${shown}.`,
          );
          assert(
            isInfisicalError(error) && error.code === "INVALID_RESPONSE",
            `The response ${shown} leads to "${textOf(error)}" instead of INVALID_RESPONSE; pass the fields that it must have as expect.`,
          );
        }
      },
    },
    {
      name: `${call.name} ends immediately when its signal aborts, with the signal's own reason`,
      run: async () => {
        const abort = new AbortController();
        const reason = new Error("not wanted any more");
        const answer = () => {
          queueMicrotask(() => abort.abort(reason));
          return "silence" as const;
        };
        const error = await rejectionOf(
          () => call.client({ answer }).make({ signal: abort.signal }),
          "The call does not end when its signal aborts.",
        );
        assert(
          error === reason,
          `An aborted call rejects with "${textOf(error)}" instead of its signal's reason.`,
        );
      },
    },
    {
      name: `${call.name} ends when its timeout has passed`,
      run: async () => {
        const error = await rejectionOf(
          () => call.client({ answer: () => "silence" }).make({ timeout: 37 }),
          "The call does not end when its timeout has passed.",
        );
        assert(
          isInfisicalError(error) && error.code === "TIMEOUT" && error.message.includes("37 ms"),
          `A call that takes too long rejects with "${textOf(error)}" instead of TIMEOUT.`,
        );
      },
    },
    {
      name: `${call.name} is sent once when it is refused, and the refusal comes through`,
      run: async () => {
        for (const [status, code] of refusals) {
          const { error, attempts } = await refused(call, status);
          assert(attempts === 1, `A refused call is sent ${attempts} times.`);
          assert(
            isInfisicalError(error) && error.code === code,
            `A refused call rejects with "${textOf(error)}" instead of ${code}.`,
          );
        }
      },
    },
    {
      name: `${call.name} shows nothing secret when it is refused`,
      run: async () => {
        for (const [status] of refusals) {
          const { error } = await refused(call, status);
          assert(!shows(error, [token, ...call.secrets]), "The error shows what must stay secret.");
        }
      },
    },
  ];
}

const refusals = [
  [404, "NOT_FOUND"],
  [500, "SERVER_ERROR"],
] as const;

async function refused<Api>(
  call: CallUnderTest<Api>,
  status: number,
): Promise<{ error: unknown; attempts: number }> {
  const { server, make } = call.client({
    answer: (request) => echoingRefusal(status, "Refused", request),
  });
  const error = await rejectionOf(() => make(), "A refused call does not fail.");
  return { error, attempts: server.requests.length };
}

/** Texts that change an address unless they are encoded or refused. */
const hostileTexts: readonly string[] = ["a/b", "..", "50%2f?c=d#e"];

/** The part of an address that a text has changed; `undefined` if it changed only its own segment or value. */
function misplacedText(
  usual: URL,
  other: URL,
  texts: { readonly usual: string; readonly other: string },
): string | undefined {
  const [wanted, found] = [segments(usual), segments(other)];
  const isInPlace =
    wanted.length === found.length &&
    wanted.every((segment, index) => found[index] === (segment === texts.usual ? texts.other : segment));
  if (!isInPlace) return other.pathname;
  if (other.hash !== "") return other.hash;
  const names = [usual, other].map(({ searchParams }) => [...searchParams.keys()].join());
  return names[0] === names[1] ? undefined : other.search;
}

function segments({ pathname }: URL): string[] {
  return pathname.split("/").map((segment) => decodeURIComponent(segment));
}
