import { createTestGitHubActions } from "@infisical/test-server/clouds";
import { expect, onTestFinished, test } from "vitest";
import { start } from "#test-kit";
import { githubActions } from "../src/github-actions.ts";
import { oidcAuth } from "../src/index.ts";
import { emptyEnvironment, setVariables } from "./source-kit.ts";

emptyEnvironment();

test("an hour with tokens of 5 minutes makes as many token requests as logins, and no call fails", async () => {
  const { server, connect } = await start({
    server: {
      identities: [
        {
          name: "ci",
          projectRoles: { "example-project": "viewer" },
          oidcAuth: { accessTokenTTL: 300, accessTokenMaxTTL: 300 },
        },
      ],
    },
  });
  const actions = createTestGitHubActions({ issuer: server.tokenIssuer });
  onTestFinished(() => actions.close());
  setVariables(await actions.listen());
  const identityId = server.identities[0]?.identityId ?? "";
  const client = connect({ auth: oidcAuth({ identityId, token: githubActions() }) });
  for (let minutes = 0; minutes < 60; minutes += 1) {
    await client.request({ method: "GET", path: "/api/v1/projects" });
    await server.clock.advance(60_000);
  }
  const logins = server.requests.filter(({ path }) => path.endsWith("/login"));
  expect(logins.length).toBeGreaterThanOrEqual(12);
  expect(actions.requests).toHaveLength(logins.length);
  expect(server.requests.every(({ status }) => status === 200)).toBe(true);
});
