import { isLoopback } from "../engine/hosts.ts";

/** Why a port cannot have the page. */
export interface PageObstacle {
  readonly option: "host" | "allowedHosts";
  readonly value: string;
  readonly rule: string;
  readonly reason: string;
}

/** Whether requests to a path are the page's, where it is served. */
export function isPagePath(path: string): boolean {
  return path === "/" || `${path}/`.startsWith("/_ui/");
}

/** What about a place keeps it from having the page, which is for browsers of this machine only. */
export function pageObstacle(host: string, allowedHosts: readonly string[]): PageObstacle | undefined {
  const reason = "the page shows secrets to whoever reaches it";
  if (!isLoopback(host)) return { option: "host", value: host, rule: "must be a loopback address", reason };
  const [value] = allowedHosts;
  return value === undefined ? undefined : { option: "allowedHosts", value, rule: "must be empty", reason };
}
