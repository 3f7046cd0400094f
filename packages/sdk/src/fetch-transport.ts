import type { Transport } from "@infisical/core";
import { optionError } from "@infisical/core/authoring";
import type { Fetch } from "@infisical/core/ky";

/** Sends requests through a `fetch` of the user's own. ky is loaded with the first of them. */
export function fetchTransport(fetch: Fetch): Transport {
  if (typeof fetch !== "function") throw optionError("fetch", "must be a function", fetch);
  let loading: Promise<Transport> | undefined;
  return async (request) => {
    loading ??= import("@infisical/core/ky").then(({ kyTransport }) => kyTransport({ fetch }));
    const transport = await loading.catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return transport(request);
  };
}
