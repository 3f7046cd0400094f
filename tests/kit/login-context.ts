import type { LoginContext } from "@infisical/core";

/** A login's context from the parts that a test cares about; every route leads to its `http`. */
export function loginContext(
  parts: Pick<LoginContext, "http" | "transport"> & Partial<LoginContext>,
): LoginContext {
  const { http, clock } = parts;
  return {
    siteUrl: "https://infisical.test",
    httpVia: () => http,
    now: clock && (() => clock.now()),
    ...parts,
  };
}
