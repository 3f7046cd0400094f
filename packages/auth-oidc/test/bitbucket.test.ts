import { expect, test } from "vitest";
import { bitbucket } from "../src/bitbucket.ts";
import {
  claimsOf,
  contextOf,
  emptyEnvironment,
  failureWithout,
  setVariables,
  startIssuer,
} from "./source-kit.ts";
import { variableCases } from "./variable-cases.ts";

emptyEnvironment();

variableCases("BITBUCKET_STEP_OIDC_TOKEN", bitbucket, "Split the step, or log in when it begins.");

test("an audience that is a list, as Bitbucket's always is, is accepted", async () => {
  const { issuer, logIn } = await startIssuer();
  const aud = ["ari:cloud:bitbucket::workspace/1ff1"];
  setVariables({ BITBUCKET_STEP_OIDC_TOKEN: await issuer.issueToken({ aud }) });
  expect(claimsOf(await bitbucket()(contextOf()))["aud"]).toEqual(aud);
  await logIn(bitbucket());
});

const cure = "Write `oidc: true` into the step in bitbucket-pipelines.yml.";

test("without oidc: true in the step, the error says what to write", async () => {
  setVariables({ BITBUCKET_BUILD_NUMBER: "7" });
  expect(await failureWithout([], bitbucket())).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message: `BITBUCKET_STEP_OIDC_TOKEN is not set. ${cure}`,
  });
});

test("outside of a step, the source does not apply", async () => {
  expect(await failureWithout([], bitbucket())).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message: `BITBUCKET_STEP_OIDC_TOKEN is not set. BITBUCKET_BUILD_NUMBER is not set either: this does not look like a step. ${cure}`,
  });
});
