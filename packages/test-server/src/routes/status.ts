import type { Routes } from "../http/routes.ts";

/** The health check. */
export function registerStatus(routes: Routes): void {
  routes.public("GET", "/api/status", () => ({
    date: routes.state.timestamp(),
    message: "Ok",
    emailConfigured: false,
    inviteOnlySignup: true,
    redisConfigured: true,
    secretScanningConfigured: false,
  }));
}
