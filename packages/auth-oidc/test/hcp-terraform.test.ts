import { expect, test } from "vitest";
import { hcpTerraform } from "../src/hcp-terraform.ts";
import { emptyEnvironment, failureWithout, setVariables } from "./source-kit.ts";
import { variableCases } from "./variable-cases.ts";

emptyEnvironment();

const renewal = "Its life is that of a phase of the run: plan or apply.";
variableCases("TFC_WORKLOAD_IDENTITY_TOKEN", () => hcpTerraform(), renewal);
variableCases("TFC_WORKLOAD_IDENTITY_TOKEN_INFISICAL", () => hcpTerraform({ tag: "INFISICAL" }), renewal);

test.each([
  [undefined, ""],
  ["INFISICAL", "_INFISICAL"],
])("without the token of the tag %s, the error names the workspace's variable", async (tag, suffix) => {
  setVariables({ TFC_WORKLOAD_IDENTITY_TOKEN_OTHER: "hunter2" });
  expect(await failureWithout(["hunter2"], hcpTerraform({ tag }))).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message:
      `TFC_WORKLOAD_IDENTITY_TOKEN${suffix} is not set. Add the environment variable ` +
      `TFC_WORKLOAD_IDENTITY_AUDIENCE${suffix}, with the audience of the identity, to the workspace in HCP Terraform; ` +
      "agents of your own need version 1.7.0.",
  });
});

test.each<[object, string]>([
  [{ tag: "" }, "tag must be letters, digits and _"],
  [{ tag: "a-b" }, 'tag must be letters, digits and _, got "a-b"'],
  [{ tags: "x" }, "tags is not an option; did you mean tag?"],
])("%j is refused when the source is created", (options, rule) => {
  expect(() => hcpTerraform(options as never)).toThrow(rule);
});
