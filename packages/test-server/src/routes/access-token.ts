import { z } from "zod";
import type { Routes } from "../http/routes.js";
import { validate } from "../http/validate.js";
import { trimmed } from "./schemas.js";

const tokenBody = z.object({ accessToken: trimmed });

/** Renewal and revocation of access tokens, which need no Authorization header. */
export function registerAccessToken(routes: Routes): void {
  const { accessTokens } = routes.state;
  routes.open("POST", "/api/v1/auth/token/renew", (request) =>
    accessTokens.renew(validate(tokenBody, request.body()).accessToken),
  );
  routes.open("POST", "/api/v1/auth/token/revoke", (request) => {
    accessTokens.revoke(validate(tokenBody, request.body()).accessToken);
    return { message: "Successfully revoked access token" };
  });
}
