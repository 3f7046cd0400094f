import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { startLocalServer } from "../examples/lambda/local-server.mjs";
import { bundle, root } from "./aws/bundle.ts";
import { runNode } from "./aws/run-node.ts";

const programs = { ESM: `${root}tests/aws/umbrella.mjs`, CommonJS: `${root}tests/aws/umbrella.cjs` };

async function serverVariables(): Promise<Record<string, string>> {
  const { environment, close } = await startLocalServer();
  onTestFinished(close);
  return environment;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "infisical-umbrella-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe.each(Object.entries(programs))("the umbrella in %s", (_, program) => {
  test("logs in with AWS IAM", async () => {
    expect(await runNode([program], await serverVariables())).toMatchObject({
      code: 0,
      stdout: "1",
      stderr: "",
    });
  });

  test("logs in with AWS IAM from a single bundled file", async () => {
    const folder = temporaryFolder();
    const format = program.endsWith(".mjs") ? "esm" : "cjs";
    // As everybody has to for CommonJS packages in an ESM bundle.
    const banner = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;
    const { text } = await bundle(program, { format, ...(format === "esm" && { banner: { js: banner } }) });
    const file = join(folder, format === "esm" ? "bundle.mjs" : "bundle.cjs");
    writeFileSync(file, text);
    const result = await runNode([file], await serverVariables(), folder);
    expect(result).toMatchObject({ code: 0, stdout: "1", stderr: "" });
  });

  test("finds the credentials of a profile by the vendor's chain", async () => {
    const folder = temporaryFolder();
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, ...variables } =
      await serverVariables();
    const file = join(folder, "credentials");
    writeFileSync(
      file,
      [
        "[work]",
        `aws_access_key_id=${AWS_ACCESS_KEY_ID}`,
        `aws_secret_access_key=${AWS_SECRET_ACCESS_KEY}`,
        `aws_session_token=${AWS_SESSION_TOKEN}`,
      ].join("\n"),
    );
    const profile = {
      AWS_PROFILE: "work",
      AWS_SHARED_CREDENTIALS_FILE: file,
      AWS_CONFIG_FILE: `${folder}/config`,
    };
    const result = await runNode([program], { ...variables, ...profile });
    expect(result).toMatchObject({ code: 0, stdout: "1", stderr: "" });
  });
});

test("AWS login is loaded by the first login, in CommonJS", async () => {
  const { stdout, stderr } = await runNode([`${root}tests/aws/loaded.cjs`], await serverVariables());
  expect(stderr).toBe("");
  expect(stdout).toBe("0 before, 1 after");
});

test.each(["node", "browser"] as const)(
  "AWS login is apart from what a bundle for %s loads first",
  async (platform) => {
    const { metafile } = await bundle(programs.ESM, { platform, format: "esm", splitting: true });
    const { outputs } = metafile;
    const first = new Set<string>();
    const follow = (file: string): void => {
      first.add(file);
      for (const { path, kind } of outputs[file]?.imports ?? [])
        if (kind === "import-statement") follow(path);
    };
    const entry = Object.keys(outputs).find((file) => outputs[file]?.entryPoint?.endsWith("umbrella.mjs"));
    follow(entry ?? "");
    const inputs = [...first].flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
    expect(inputs).toContain("packages/core/dist/index.js");
    expect(inputs.filter((file) => /auth-aws|aws-sdk|smithy/.test(file))).toEqual([]);
    expect(Object.keys(metafile.inputs).filter((file) => /auth-aws/.test(file))).toHaveLength(1);
  },
);

test("a bundle for browsers needs no module of Node's, and no vendor chain", async () => {
  const { text } = await bundle(programs.ESM, { platform: "browser", format: "esm" });
  expect(text).toContain("AWS4-HMAC-SHA256");
  expect(text).not.toMatch(/node:|credential-provider|fromNodeProviderChain/);
});

describe("auth-aws without the vendor chain installed", () => {
  const program = `
    const { awsIamAuth } = await import("@infisical/auth-aws");
    const { createClient } = await import("@infisical/core");
    const client = createClient({ siteUrl: "http://127.0.0.1:9", auth: awsIamAuth({ identityId: "id", region: "us-east-1" }), retry: false });
    await client.auth().login().catch(({ code, message }) => console.log(code, message));`;
  let folder = "";

  beforeAll(() => {
    folder = mkdtempSync(join(realpathSync(tmpdir()), "infisical-auth-aws-"));
    for (const name of ["core", "auth-aws"]) {
      for (const part of ["dist", "package.json"]) {
        cpSync(`${root}packages/${name}/${part}`, `${folder}/node_modules/@infisical/${name}/${part}`, {
          recursive: true,
        });
      }
    }
    cpSync(realpathSync(`${root}packages/core/node_modules/ms`), `${folder}/node_modules/ms`, {
      recursive: true,
    });
    writeFileSync(`${folder}/program.mjs`, program);
    return () => rmSync(folder, { recursive: true });
  });

  const advice =
    /^INVALID_OPTION credentials must be given unless @aws-sdk\/credential-providers is installed.*npm install.*@infisical\/auth-aws\/lambda needs neither/;

  test("says what to install, or which entry to use", async () => {
    expect((await runNode(["program.mjs"], {}, folder)).stdout).toMatch(advice);
  });

  test("can be bundled all the same, and says so then too", async () => {
    const { text } = await bundle(`${folder}/program.mjs`, { absWorkingDir: folder, format: "esm" });
    writeFileSync(`${folder}/bundle.mjs`, text);
    expect((await runNode(["bundle.mjs"], {}, folder)).stdout).toMatch(advice);
  });

  test("needs nothing where the environment has the keys", async () => {
    const keys = { AWS_ACCESS_KEY_ID: "AKIATEST", AWS_SECRET_ACCESS_KEY: "secret" };
    expect((await runNode(["program.mjs"], keys, folder)).stdout).toMatch(/^UNREACHABLE/);
  });
});
