import type { Middleware } from "@infisical/core";
import { secrets } from "@infisical/secrets";
import { start } from "#test-kit";

/** Starts a server with secrets in two folders. */
export async function startShop(middleware: readonly Middleware[] = []) {
  const started = await start({ server: { clock: { frozen: true } }, plugins: [secrets()], middleware });
  const set = (key: string, value: string, path = "/") =>
    started.server.secrets.set({ environment: "dev", path, key, value });
  set("API_KEY", "the-api-key");
  set("LIMITS", '{"perMinute":60}');
  set("PASSWORD", "the-password", "/database");
  set("USER", "the-user", "/database");
  const reads = () =>
    started.server.requests.filter(({ method, path }) => method === "GET" && path.includes("/secrets"));
  return { ...started, set, reads };
}
