import type { Fetch, FetchInit, FetchResponse } from "../../src/ky.ts";

/** A `fetch` that records its calls and returns a response. */
export function recordingFetch(respond: () => unknown = () => new Response("ok")): {
  fetch: Fetch;
  calls: [url: string, init: FetchInit][];
} {
  const calls: [string, FetchInit][] = [];
  return {
    calls,
    fetch: async (...call) => {
      calls.push(call);
      return respond() as FetchResponse;
    },
  };
}
