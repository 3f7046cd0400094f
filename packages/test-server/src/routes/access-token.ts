import { z } from "zod";
import type { Routes } from "../http/routes.ts";
import { validate } from "../http/validate.ts";
import { trimmed } from "./schemas.ts";

const tokenBody = z.object({ accessToken: trimmed });

/** Renewal and revocation of access tokens, which require no Authorization header. */
export function registerAccessToken(routes: Routes): void {
  const { accessTokens } = routes.state;
  routes.public("POST", "/api/v1/auth/token/renew", (request) =>
    accessTokens.renew(validate(tokenBody, request.body()).accessToken),
  );
  routes.public("POST", "/api/v1/auth/token/revoke", (request) => {
    accessTokens.revoke(validate(tokenBody, request.body()).accessToken);
    return { message: "Successfully revoked access token" };
  });
}
