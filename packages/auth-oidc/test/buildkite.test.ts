import { createTestBuildkite } from "@infisical/test-server/clouds";
import { expect, onTestFinished, test } from "vitest";
import { buildkite } from "../src/buildkite.ts";
import { requestCases } from "./request-cases.ts";
import { claimsOf, contextOf, failureWithout, setVariables, silent, startIssuer } from "./source-kit.ts";

requestCases(
  async (options) => {
    const standIn = createTestBuildkite(options);
    const variables = await standIn.listen();
    setVariables(variables);
    return { standIn, source: buildkite(), credentials: [variables.BUILDKITE_AGENT_ACCESS_TOKEN] };
  },
  { name: "Buildkite", field: "token" },
);

async function startJob() {
  const { issuer } = await startIssuer();
  const standIn = createTestBuildkite({ issuer });
  const variables = await standIn.listen();
  setVariables(variables);
  onTestFinished(() => standIn.close());
  return { standIn, variables };
}

test("the audience is sent in the body, with the token of the agent", async () => {
  const { standIn, variables } = await startJob();
  const token = await buildkite({ audience: "https://infisical.test" })(contextOf());
  expect(claimsOf(token)).toMatchObject({ aud: "https://infisical.test", organization_slug: "acme-inc" });
  expect(standIn.requests[0]?.body).toEqual({ audience: "https://infisical.test" });
  expect(standIn.requests[0]?.headers).toMatchObject({
    authorization: `Token ${variables.BUILDKITE_AGENT_ACCESS_TOKEN}`,
    "content-type": "application/json",
  });
});

test("without an audience, Buildkite's own is used: the URL of the organization", async () => {
  const { standIn } = await startJob();
  expect(claimsOf(await buildkite()(contextOf()))["aud"]).toBe("https://buildkite.com/acme-inc");
  expect(standIn.requests[0]?.body).toEqual({});
});

test("without BUILDKITE_AGENT_ENDPOINT, Buildkite's own address is used, and the job's id is encoded", async () => {
  setVariables({ BUILDKITE_AGENT_ACCESS_TOKEN: "hunter2-agent", BUILDKITE_JOB_ID: "a/b" });
  const urls: string[] = [];
  const transport = async ({ url }: { url: string }) => {
    urls.push(url);
    return { status: 403, headers: {}, body: "" };
  };
  const failure = await failureWithout(["hunter2"], buildkite(), contextOf({ transport }));
  expect(urls).toEqual(["https://agent.buildkite.com/v3/jobs/a%2Fb/oidc/tokens"]);
  expect(failure.message).toBe(
    "Buildkite refused with status 403. The job must still be running, and be the one of the agent whose " +
      "access token is used.",
  );
});

test("an endpoint that is not a URL is refused", async () => {
  setVariables({
    BUILDKITE_AGENT_ACCESS_TOKEN: "hunter2-agent",
    BUILDKITE_JOB_ID: "job",
    BUILDKITE_AGENT_ENDPOINT: "agent.buildkite.com",
  });
  const failure = await failureWithout(["hunter2"], buildkite(), contextOf({ transport: silent }));
  expect(failure.message).toMatch(/^The variable BUILDKITE_AGENT_ENDPOINT must be a URL/);
});

const cure =
  "Every job of a Buildkite agent has both. In a container of the docker plugin, set `mount-buildkite-agent: true`.";

test.each([
  [{}, `BUILDKITE_AGENT_ACCESS_TOKEN and BUILDKITE_JOB_ID are not set. ${cure}`],
  [
    { BUILDKITE_JOB_ID: "job" },
    `BUILDKITE_AGENT_ACCESS_TOKEN is not set, though BUILDKITE_JOB_ID is. ${cure}`,
  ],
  [
    { BUILDKITE_AGENT_ACCESS_TOKEN: "hunter2-agent" },
    `BUILDKITE_JOB_ID is not set, though BUILDKITE_AGENT_ACCESS_TOKEN is. ${cure}`,
  ],
])("with %j, the source does not apply", async (variables, message) => {
  setVariables(variables);
  const failure = await failureWithout(["hunter2"], buildkite(), contextOf({ transport: silent }));
  expect(failure).toMatchObject({ code: "TOKEN_UNAVAILABLE", message });
});

test("an unknown option is refused when the source is created", () => {
  expect(() => buildkite({ lifetime: 60 } as never)).toThrow(
    "lifetime is not an option; the options are audience.",
  );
});
