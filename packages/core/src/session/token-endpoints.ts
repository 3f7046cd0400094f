import type { LoginResponse } from "../auth-strategy.ts";
import type { HttpClient } from "../http-client.ts";

/** Asks the server to lengthen a token's life. */
export function renewToken(
  http: HttpClient,
  accessToken: string,
  signal: AbortSignal,
): Promise<LoginResponse> {
  const path = "/api/v1/auth/token/renew";
  return http.request({
    method: "POST",
    path,
    body: { accessToken },
    signal,
    expect: { accessToken: "string" },
  });
}

/** Asks the server to end a token's life. */
export async function revokeToken(http: HttpClient, accessToken: string): Promise<void> {
  await http.request({ method: "POST", path: "/api/v1/auth/token/revoke", body: { accessToken } });
}
