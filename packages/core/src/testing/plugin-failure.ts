import { isInfisicalError } from "../errors/errors.ts";
import { assert, rejectionOf, textOf } from "./assert.ts";
import type { ContractCase } from "./contract-case.ts";
import { echoingRefusal, jsonResponse } from "./fake-server.ts";
import { type CallUnderTest, token } from "./plugin-call.ts";
import { shows } from "./values.ts";

/** What a call promises when something goes wrong. */
export function failureCases<Api>(call: CallUnderTest<Api>): readonly ContractCase[] {
  return [
    {
      name: `${call.name} refuses a response of another shape`,
      run: async () => {
        for (const body of [{}, [], null, "text"]) {
          const shown = JSON.stringify(body);
          const error = await rejectionOf(
            () => call.client({ answer: () => jsonResponse(200, body) }).make(),
            `The call accepts the response ${shown}.`,
          );
          assert(
            isInfisicalError(error) && error.code === "INVALID_RESPONSE",
            `The response ${shown} gives "${textOf(error)}" instead of INVALID_RESPONSE; say what it must have as expect.`,
          );
        }
      },
    },
    {
      name: `${call.name} ends at once when its signal aborts, with the signal's own reason`,
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
      name: `${call.name} ends when its timeout is over`,
      run: async () => {
        const error = await rejectionOf(
          () => call.client({ answer: () => "silence" }).make({ timeout: 37 }),
          "The call does not end when its timeout is over.",
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
