import { isLoopback } from "./site-url.ts";

interface ProcessLike {
  emitWarning?: (text: string, options: { type: string; code: string }) => void;
}

/** Warns when credentials would cross a network in the clear; silent where there is no `process`. */
export function warnOfPlainHttp(siteUrl: string): void {
  if (!siteUrl.startsWith("http:") || isLoopback(siteUrl)) return;
  const { process } = globalThis as { process?: ProcessLike };
  process?.emitWarning?.(
    `siteUrl ${siteUrl} is not encrypted: credentials and secrets can be read on the way. Use https://.`,
    { type: "InfisicalWarning", code: "INFISICAL_PLAIN_HTTP" },
  );
}
