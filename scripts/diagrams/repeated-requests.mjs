import { ladder } from "./ladder.mjs";

/** When a failed request is sent again: `repeatable` of a failure (`core/src/http`), and `core/src/http/retry.ts`. */
export const repeatedRequests = ladder("When a failed request is sent again", [
  {
    left: "The server certainly did nothing: no connection, or 429",
    right: "Any request can be sent again, a write too.",
    across: "yes",
    down: "no",
  },
  {
    left: "It may have done it: connection lost, time over, 502, 503, 504, or a 5xx with Retry-After",
    right: "Only what is idempotent can be sent again: reads, and writes that change nothing twice.",
    across: "yes",
    down: "no",
  },
  {
    left: "Any other response, or a certificate that is not trusted",
    right:
      "The call fails at once: the next attempt would fail too. After a 401, it is sent with another token.",
    down: "what can be sent again",
  },
  {
    left: "Up to 4 repeats (limit), while the client has repeats left",
    right: "A server that fails everything uses them up. Then calls fail with its own answer.",
    down: "",
  },
  {
    left: "A wait before each",
    right:
      "What the server asks for, or a random time below 500\u00a0ms, 1\u00a0s, 2\u00a0s, 4\u00a0s. At most 60\u00a0s (maxDelay).",
  },
]);
