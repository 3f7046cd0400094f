import { expect, test } from "vitest";
import { gitlab } from "../src/gitlab.ts";
import { contextOf, emptyEnvironment, failureWithout, setVariables, startIssuer } from "./source-kit.ts";
import { variableCases } from "./variable-cases.ts";

emptyEnvironment();

const renewal = "In GitLab, it lives as long as the job's `timeout`.";
variableCases("INFISICAL_JWT", () => gitlab(), renewal);
variableCases("INFISICAL_ID_TOKEN", () => gitlab({ variable: "INFISICAL_ID_TOKEN" }), renewal);

const cure = (name: string) =>
  `Write \`id_tokens: { ${name}: { aud: https://infisical.example.com } }\` into the job in .gitlab-ci.yml, with the ` +
  "audience of the identity; another name belongs in the option variable.";

test("without the variable, the error says what to write into .gitlab-ci.yml", async () => {
  setVariables({ GITLAB_CI: "true" });
  expect(await failureWithout([], gitlab())).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message: `INFISICAL_JWT is not set. ${cure("INFISICAL_JWT")}`,
  });
  expect(await failureWithout([], gitlab({ variable: "MY_TOKEN" }))).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message: `MY_TOKEN is not set. ${cure("MY_TOKEN")}`,
  });
});

test("without GITLAB_CI, the error says that this does not look like a job", async () => {
  expect(await failureWithout([], gitlab())).toMatchObject({
    code: "TOKEN_UNAVAILABLE",
    message: `INFISICAL_JWT is not set. GITLAB_CI is not set either: this does not look like a job of GitLab CI. ${cure("INFISICAL_JWT")}`,
  });
});

test("an option takes the place of INFISICAL_JWT, also where that is set", async () => {
  const { issuer } = await startIssuer();
  const token = await issuer.issueToken();
  setVariables({ GITLAB_CI: "true", INFISICAL_JWT: "hunter2", MY_TOKEN: token });
  expect(await gitlab({ variable: "MY_TOKEN" })(contextOf())).toBe(token);
  setVariables({ MY_TOKEN: undefined });
  expect((await failureWithout(["hunter2"], gitlab({ variable: "MY_TOKEN" }))).code).toBe(
    "TOKEN_UNAVAILABLE",
  );
});

test.each(["CI_JOB_JWT", "CI_JOB_JWT_V2"])("%s is never used, and the error says why", async (name) => {
  const { issuer } = await startIssuer();
  const token = await issuer.issueToken();
  setVariables({ GITLAB_CI: "true", [name]: token });
  const failure = await failureWithout([token], gitlab());
  expect(failure.message).toMatch(new RegExp(`${name} is not used: GitLab 17\\.0 removed it\\.$`));
});

test.each<[object, string]>([
  [{ variable: "" }, "variable must be a non-empty string"],
  [{ variable: "MY-TOKEN" }, "variable must be the name of an environment variable"],
  [{ audience: "x" }, "audience is not an option; the options are variable."],
])("%j is refused when the source is created", (options, rule) => {
  expect(() => gitlab(options as never)).toThrow(rule);
});
