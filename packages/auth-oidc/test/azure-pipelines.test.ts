import type { TransportRequest } from "@infisical/core";
import { createTestAzurePipelines } from "@infisical/test-server/clouds";
import { expect, onTestFinished, test } from "vitest";
import { azurePipelines } from "../src/azure-pipelines.ts";
import { requestCases } from "./request-cases.ts";
import { claimsOf, contextOf, failureWithout, setVariables, silent, startIssuer } from "./source-kit.ts";

const serviceConnectionId = "2f6a2c4e-6f6e-4c0e-9d0a-1b2c3d4e5f60";

requestCases(
  async (options) => {
    const standIn = createTestAzurePipelines(options);
    const variables = await standIn.listen();
    setVariables(variables);
    const credentials = [variables.SYSTEM_ACCESSTOKEN];
    return { standIn, source: azurePipelines({ serviceConnectionId }), credentials };
  },
  { name: "Azure Pipelines", field: "oidcToken" },
);

async function startJob() {
  const { issuer } = await startIssuer();
  const standIn = createTestAzurePipelines({ issuer });
  const variables = await standIn.listen();
  setVariables(variables);
  onTestFinished(() => standIn.close());
  return { standIn, variables };
}

test("the token is that of the service connection, for the audience of Azure", async () => {
  const { standIn } = await startJob();
  const token = await azurePipelines({ serviceConnectionId })(contextOf());
  expect(claimsOf(token)["aud"]).toBe("api://AzureADTokenExchange");
  expect(standIn.requests[0]).toMatchObject({
    method: "POST",
    query: { "api-version": "7.1", serviceConnectionId },
  });
});

test("a slash at the end of the address is left out", async () => {
  setVariables({
    SYSTEM_OIDCREQUESTURI: "https://dev.azure.test/oidctoken/",
    SYSTEM_ACCESSTOKEN: "hunter2-access",
  });
  const urls: string[] = [];
  const transport = async ({ url }: TransportRequest) => {
    urls.push(url);
    return { status: 403, headers: {}, body: "" };
  };
  await failureWithout(["hunter2"], azurePipelines({ serviceConnectionId: "a&b" }), contextOf({ transport }));
  expect(urls).toEqual(["https://dev.azure.test/oidctoken?api-version=7.1&serviceConnectionId=a%26b"]);
});

const mapping = "Map the job's token in the step: `env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) }`.";

test("a wrong access token is refused, not redirected to a page for signing in", async () => {
  await startJob();
  setVariables({ SYSTEM_ACCESSTOKEN: "hunter2-access" });
  const failure = await failureWithout(["hunter2"], azurePipelines({ serviceConnectionId }));
  expect(failure.message).toBe(
    "Azure Pipelines refused with status 401. serviceConnectionId must be a service connection with " +
      `workload identity federation that the pipeline is authorized to use. ${mapping}`,
  );
});

test("an unknown service connection is refused with what Azure says", async () => {
  await startJob();
  const failure = await failureWithout([], azurePipelines({ serviceConnectionId: "another" }));
  expect(failure.message).toContain(
    "status 404: The service connection does not exist, or the pipeline is not authorized to use it.",
  );
});

test.each([
  [
    {},
    `SYSTEM_OIDCREQUESTURI and SYSTEM_ACCESSTOKEN are not set. Jobs of Azure Pipelines have SYSTEM_OIDCREQUESTURI. ${mapping}`,
  ],
  [
    { SYSTEM_OIDCREQUESTURI: "https://dev.azure.test/oidctoken" },
    "SYSTEM_ACCESSTOKEN is not set, though SYSTEM_OIDCREQUESTURI is. Jobs of Azure Pipelines have " +
      `SYSTEM_OIDCREQUESTURI. ${mapping}`,
  ],
  [
    { SYSTEM_ACCESSTOKEN: "hunter2-access" },
    "SYSTEM_OIDCREQUESTURI is not set, though SYSTEM_ACCESSTOKEN is. Jobs of Azure Pipelines have " +
      `SYSTEM_OIDCREQUESTURI. ${mapping}`,
  ],
  [
    { SYSTEM_OIDCREQUESTURI: "https://dev.azure.test/oidctoken", SYSTEM_ACCESSTOKEN: "$(System.AccessTokn)" },
    `SYSTEM_ACCESSTOKEN is text in $(), which the pipeline has not replaced. ${mapping}`,
  ],
])("with %j, the source does not apply", async (variables, message) => {
  setVariables(variables);
  const source = azurePipelines({ serviceConnectionId });
  const failure = await failureWithout(["hunter2"], source, contextOf({ transport: silent }));
  expect(failure).toMatchObject({ code: "TOKEN_UNAVAILABLE", message });
});

test.each<[unknown, string]>([
  [undefined, "options must be an object with serviceConnectionId"],
  [{}, "serviceConnectionId must be a non-empty string"],
  [{ serviceConnectionID: "x" }, "serviceConnectionID is not an option; did you mean serviceConnectionId?"],
])("%j is refused when the source is created", (options, rule) => {
  expect(() => azurePipelines(options as never)).toThrow(rule);
});
