import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { failureOf } from "#test-kit";
import { awsIamAuth } from "../src/index.ts";
import { awsIamAuth as lambdaIamAuth } from "../src/lambda.ts";
import { userKeys } from "./aws-keys.ts";
import { signedHeaders, startWithAws } from "./aws-server.ts";
import { emptyEnvironment, writeFiles } from "./environment.ts";

emptyEnvironment();

/** The host that a login without a region signs for. */
async function host(): Promise<string | undefined> {
  const { server, identityId, connect } = await startWithAws();
  await connect({ auth: awsIamAuth({ identityId, credentials: userKeys }) })
    .auth()
    .login();
  return signedHeaders(server)["Host"];
}

const config = `
# of the team
[default]
region = eu-west-3 ; Paris
output = json

[profile work]
s3 =
  region = ap-south-1
region=eu-central-1
[profile "with a word"]
region = us-west-1
[other]
region = us-west-2
`;

test.each([
  [undefined, "eu-west-3"],
  ["default", "eu-west-3"],
  ["work", "eu-central-1"],
  ["with a word", "us-west-1"],
])("the region of the profile %s is found in the shared config file", async (profile, region) => {
  writeFiles({ config: `\uFEFF${config.trimStart().replaceAll("\n", "\r\n")}` });
  vi.stubEnv("AWS_PROFILE", profile);
  expect(await host()).toBe(`sts.${region}.amazonaws.com`);
});

test("the default profile can be called one in the shared config file", async () => {
  writeFiles({ config: "[profile default]\nregion = ap-south-1" });
  expect(await host()).toBe("sts.ap-south-1.amazonaws.com");
});

test.each([
  ["quotation marks around the profile's name", "[profile 'work']\nregion = ap-south-1"],
  ["a setting whose name is one letter", "[profile work]\nx = 1\nregion = ap-south-1"],
  [
    "lines that do not set anything",
    "[profile work]\n= us-east-1\nregion\nregion = ap-south-1\nfurther words",
  ],
  ["indented lines of a setting that has a value", "[profile work]\ns3 = 1\n  region = ap-south-1"],
  [
    "what follows the nested lines",
    "[profile work]\ns3 =\n  region = us-east-1\n  x = y z\nregion = ap-south-1",
  ],
  ["a comment behind a section", "[profile work]  # ours\nregion = ap-south-1"],
  ["spaces in the name of a section", "[ profile \t work ]\nregion = ap-south-1"],
  ["an indented first setting", "[profile other]\ns3 =\n[profile work]\n  region = ap-south-1"],
  ["a setting without a value", "[profile work]\nregion = ap-south-1\nregion ="],
  [
    "all nested lines of a setting",
    "[profile work]\nregion = ap-south-1\ns3 =\n  x = 1\n  region = us-east-1\n\tregion = us-east-1",
  ],
  [
    "what ends like a section",
    "[profile work]\nregion = ap-south-1\n[profile other]\nx = [profile work]\nregion = us-east-1",
  ],
  [
    "what begins like a section",
    "[profile work]\nregion = ap-south-1\n[profile other]\n[profile work] = x\nregion = us-east-1",
  ],
  ["the last of two settings", "[profile work]\nregion = us-east-1\nregion = ap-south-1"],
])("a config file is read as AWS's own tools do: %s", async (_, text) => {
  writeFiles({ config: text });
  vi.stubEnv("AWS_PROFILE", "work");
  expect(await host().catch((error: Error) => error.message)).toBe("sts.ap-south-1.amazonaws.com");
});

test("only a leading `~` is the home folder", async () => {
  const folder = writeFiles({ config });
  vi.stubEnv("HOME", folder);
  vi.stubEnv("AWS_CONFIG_FILE", `${folder}~/config`);
  await expect(host()).rejects.toThrow("region must be given");
});

test("the credentials file takes precedence, and names its profiles without the word", async () => {
  writeFiles({ config, credentials: "[work]\nregion = sa-east-1\n[default]\nregion = us-east-2\n" });
  vi.stubEnv("AWS_PROFILE", "work");
  expect(await host()).toBe("sts.sa-east-1.amazonaws.com");
});

test.each([
  ["AWS_REGION", "us-east-2"],
  ["AWS_DEFAULT_REGION", "us-east-2"],
])("%s takes precedence over the profile", async (variable, region) => {
  writeFiles({ config });
  vi.stubEnv(variable, region);
  expect(await host()).toBe("sts.us-east-2.amazonaws.com");
});

test("without variables, the files are in the home folder", async () => {
  const folder = writeFiles({ config });
  vi.stubEnv("HOME", folder);
  vi.stubEnv("AWS_CONFIG_FILE", "~/config");
  expect(await host()).toBe("sts.eu-west-3.amazonaws.com");
  vi.stubEnv("AWS_CONFIG_FILE", join(folder, "nowhere"));
  await expect(host()).rejects.toThrow("region must be given");
});

test.each(["other", "nowhere"])(
  "a profile that the config file does not have (%s) is listed by its name",
  async (profile) => {
    writeFiles({ config });
    vi.stubEnv("AWS_PROFILE", profile);
    await expect(host()).rejects.toThrow(`the profile "${profile}" (no region)`);
  },
);

test("a region in the profile that is not valid is refused with its location", async () => {
  writeFiles({ config: "[default]\nregion = eu-west-3a\n" });
  await expect(host()).rejects.toThrow(
    'The region of the profile "default" must be an AWS region (did you mean "eu-west-3"?)',
  );
});

test("the Lambda entry reads no files", async () => {
  writeFiles({ config });
  const { identityId, connect } = await startWithAws();
  const client = connect({ auth: lambdaIamAuth({ identityId, credentials: userKeys }) });
  expect((await failureOf(client.auth().login())).message).not.toContain("profile");
});
