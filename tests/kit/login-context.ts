import type { LoginContext } from "@infisical/core";

/** A login's context from the parts that a test cares about; every route leads to its `http`. */
export function loginContext(
  parts: Pick<LoginContext, "http" | "transport"> & Partial<LoginContext>,
): LoginContext {
  return { siteUrl: "https://infisical.test", httpVia: () => parts.http, ...parts };
}
