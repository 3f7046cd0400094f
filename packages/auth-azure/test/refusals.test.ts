import { expect, test } from "vitest";
import { azureAuth } from "../src/index.ts";
import {
  accessToken,
  failureWithout,
  identityId,
  outsideAzure,
  refusal,
  resource,
  startInfisical,
  tenant,
} from "./azure.ts";

outsideAzure();

test.each<[string, object]>([
  ["by its issuer", { iss: `https://login.microsoftonline.com/${tenant}/v2.0` }],
  ["by its version", { ver: "2.0" }],
])("a token of version 2, %s, is not sent; the error says the cure", async (_, claims) => {
  const { bodies, logIn } = await startInfisical(
    azureAuth({ identityId, token: () => ` ${accessToken(claims)}` }),
  );
  const error = await failureWithout([], logIn());
  const { iss = `https://sts.windows.net/${tenant}/` } = claims as { iss?: string };
  expect(error).toMatchObject({
    code: "AUTH_FAILED",
    message:
      `Infisical does not accept tokens of version 2 (issuer ${iss}): set requestedAccessTokenVersion of the resource's app ` +
      "registration to 1, use the resource https://management.azure.com/, or OIDC Auth.",
  });
  expect(bodies).toEqual([]);
});

test("a function that returns no token, as an object of getToken, is told", async () => {
  const token = async () => ({ token: accessToken() }) as never;
  const { logIn } = await startInfisical(azureAuth({ identityId, token }));
  const error = await failureWithout([], logIn());
  expect(error.message).toBe(
    "The token source must return a token: a string of visible characters without white space.",
  );
});

const described = ` The token: issuer https://sts.windows.net/${tenant}/, audience ${resource}, key k1.`;
const tenantAdvice = "The tenant of the Azure Auth must have issued the token.";

test.each([
  [
    404,
    "NotFound",
    "Azure auth method not found for identity, did you configure Azure Auth?",
    "Check the identity's id, and that Azure Auth is among its auth methods; a server too old for the method says so too.",
  ],
  [
    401,
    "UnauthorizedError",
    "Identity not found",
    "The identity was deleted, and only its auth method is left.",
  ],
  [
    404,
    "NotFound",
    "Sub organization with slug x not found",
    "The proof was accepted; check organizationSlug, and that the identity is a member of that organization.",
  ],
  [
    401,
    "UnauthorizedError",
    "Invalid signing key",
    `${tenantAdvice} Sovereign clouds need OIDC Auth instead.`,
  ],
  [401, "UnauthorizedError", "Tenant ID mismatch", tenantAdvice],
  [
    401,
    "UnauthorizedError",
    "Service principal 'an-object' not allowed",
    "The Azure Auth must allow this object id: that of the service principal, not of the application.",
  ],
  [
    403,
    "TokenError",
    "jwt audience invalid. expected: api://acme",
    "The resource of the Azure Auth must equal the token's audience (`resource`).",
  ],
  [
    403,
    "TokenError",
    `jwt issuer invalid. expected: https://sts.windows.net/${tenant}/`,
    "Only tokens of version 1 from the tenant of the Azure Auth are accepted; others need OIDC Auth.",
  ],
  [
    403,
    "TokenError",
    "Your token has expired. Please re-authenticate.",
    "Infisical refused the token: check its times, its tenant, and the clocks.",
  ],
  [
    500,
    "InternalServerError",
    "Something went wrong",
    "Infisical also answers this to what is not an access token of Azure.",
  ],
])("%i %s, %s is explained, and sent once", async (status, label, message, advice) => {
  const answer = (body: string) =>
    refusal(status, label, message === "Tenant ID mismatch" ? `${message} ${body}` : message);
  const { bodies, logIn } = await startInfisical(
    azureAuth({ identityId, token: () => accessToken() }),
    answer,
  );
  const error = await failureWithout([], logIn());
  expect(error.code).toBe("AUTH_FAILED");
  expect(error.text).toContain(message);
  expect(error.text.endsWith(`. ${advice}${described}`)).toBe(true);
  expect(bodies).toHaveLength(1);
});

test.each([502, 503, 504])("%i is an outage", async (status) => {
  const answer = () => refusal(status, "InternalServerError", "Something went wrong");
  const { logIn } = await startInfisical(azureAuth({ identityId, token: () => accessToken() }), answer);
  const error = await failureWithout([], logIn());
  expect(error.code).not.toBe("AUTH_FAILED");
  expect(error.message).not.toContain("Infisical also answers");
});
