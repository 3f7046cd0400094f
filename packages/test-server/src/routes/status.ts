import type { Routes } from "../http/routes.js";

/** The health check. */
export function registerStatus(routes: Routes): void {
  routes.open("GET", "/api/status", () => ({
    date: routes.state.timestamp(),
    message: "Ok",
    emailConfigured: false,
    inviteOnlySignup: true,
    redisConfigured: true,
    secretScanningConfigured: false,
  }));
}
