import { createTestGitHubActions } from "@infisical/test-server/clouds";
import { expect, onTestFinished, test } from "vitest";
import { githubActions } from "../src/github-actions.ts";
import { requestCases } from "./request-cases.ts";
import { claimsOf, contextOf, failureWithout, setVariables, silent, startIssuer } from "./source-kit.ts";

requestCases(
  async (options) => {
    const standIn = createTestGitHubActions(options);
    const variables = await standIn.listen();
    setVariables(variables);
    return { standIn, source: githubActions(), credentials: [variables.ACTIONS_ID_TOKEN_REQUEST_TOKEN] };
  },
  { name: "GitHub Actions", field: "value" },
);

async function startJob() {
  const { issuer } = await startIssuer();
  const actions = createTestGitHubActions({ issuer });
  const variables = await actions.listen();
  setVariables(variables);
  onTestFinished(() => actions.close());
  return { actions, variables };
}

test("the address has a query already, which stays, and the audience is encoded", async () => {
  const { actions } = await startJob();
  const token = await githubActions({ audience: "https://infisical.test/?a=1&b=2" })(contextOf());
  expect(claimsOf(token)["aud"]).toBe("https://infisical.test/?a=1&b=2");
  const [request] = actions.requests;
  expect(request?.query).toEqual({ "api-version": "2.0", audience: "https://infisical.test/?a=1&b=2" });
  expect(request?.headers["accept"]).toBe("application/json");
});

test("without an audience, GitHub's own is used: the URL of the owner", async () => {
  const { actions } = await startJob();
  const token = await githubActions()(contextOf());
  expect(claimsOf(token)["aud"]).toBe("https://github.com/octo-org");
  expect(actions.requests[0]?.query).toEqual({ "api-version": "2.0" });
});

test("the token lives 5 minutes", async () => {
  await startJob();
  const { iat, exp } = claimsOf(await githubActions()(contextOf())) as { iat: number; exp: number };
  expect(exp - iat).toBe(300);
});

const cure =
  "The job needs `permissions: { contents: read, id-token: write }`, or `enable-openid-connect: true` in Forgejo; " +
  "workflows of pull requests from forks get no token.";

test.each([
  [
    {},
    "ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN are not set. GITHUB_ACTIONS is not set either: this " +
      `does not look like a job. ${cure}`,
  ],
  [
    { GITHUB_ACTIONS: "true" },
    `ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN are not set. ${cure}`,
  ],
  [
    { GITHUB_ACTIONS: "true", ACTIONS_ID_TOKEN_REQUEST_URL: "https://actions.test/?a=1" },
    `ACTIONS_ID_TOKEN_REQUEST_TOKEN is not set, though ACTIONS_ID_TOKEN_REQUEST_URL is. ${cure}`,
  ],
  [
    { GITHUB_ACTIONS: "true", ACTIONS_ID_TOKEN_REQUEST_TOKEN: "hunter2-request" },
    `ACTIONS_ID_TOKEN_REQUEST_URL is not set, though ACTIONS_ID_TOKEN_REQUEST_TOKEN is. ${cure}`,
  ],
])("with %j, the source does not apply", async (variables, message) => {
  setVariables(variables);
  const failure = await failureWithout(["hunter2"], githubActions(), contextOf({ transport: silent }));
  expect(failure).toMatchObject({ code: "TOKEN_UNAVAILABLE", message });
});

test.each(["actions.test/token", "file:///etc/passwd", "https://user:hunter2@actions.test"])(
  "the request token is not sent to %s",
  async (url) => {
    setVariables({ ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "hunter2-request" });
    const failure = await failureWithout(["hunter2"], githubActions(), contextOf({ transport: silent }));
    expect(failure).toMatchObject({
      code: "AUTH_FAILED",
      message:
        "The variable ACTIONS_ID_TOKEN_REQUEST_URL must be a URL that begins with http: or https:, without credentials.",
    });
  },
);

test("a request token that GitHub refuses is named, and not shown", async () => {
  await startJob();
  setVariables({ ACTIONS_ID_TOKEN_REQUEST_TOKEN: "hunter2-request" });
  const failure = await failureWithout(["hunter2"], githubActions());
  expect(failure.message).toBe(
    "GitHub Actions refused with status 401: The request token is not valid. " +
      `${cure} The request token ends with the job.`,
  );
});

test.each<[object, string]>([
  [{ audience: "" }, "audience must be a non-empty string"],
  [{ audience: '"quoted"' }, "audience must not be in quotation marks"],
  [{ audiance: "x" }, "audiance is not an option; did you mean audience?"],
])("%j is refused when the source is created", (options, rule) => {
  expect(() => githubActions(options as never)).toThrow(rule);
});

test("the environment is read at every login, not before", async () => {
  const source = githubActions();
  expect((await failureWithout([], source)).code).toBe("TOKEN_UNAVAILABLE");
  await startJob();
  expect(await source(contextOf())).toMatch(/^eyJ/);
});
