import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { announce } from "../scripts/announce.mjs";
import { pnpmExecutable } from "../scripts/pnpm/executable.mjs";
import { registryAdvice } from "../scripts/pnpm/registry-advice.mjs";
import { pnpm, root } from "../scripts/pnpm.mjs";

const hashes = JSON.parse(readFileSync(join(root, "scripts/pnpm/hashes.json"), "utf8"));

test("package.json pins the same version, with a hash of its own for Corepack", () => {
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(packageManager).toMatch(/^pnpm@\d+\.\d+\.\d+\+sha512\.[\da-f]{128}$/);
  expect(packageManager).toContain(`pnpm@${hashes.version}+`);
});

test("the platforms of CI have hashes", () => {
  expect(Object.keys(hashes.tarballs)).toContain("@pnpm/exe.linux-x64");
  for (const hash of Object.values(hashes.tarballs)) expect(hash).toMatch(/^sha512-[\w+/]{86}==$/);
});

// They run a shell script as the executable.
describe.runIf(process.platform === "linux")("the executable", () => {
  let folder: string;
  let cache: string;
  let tarball: string;

  /** An npm that gives this tarball whatever it is asked for, and counts. */
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "infisical-pnpm-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    cache = join(folder, "cache");
    tarball = join(folder, "served.tgz");
    mkdirSync(join(folder, "package"));
    writeFileSync(join(folder, "package/pnpm"), `#!/bin/sh\ntouch "${folder}/was-run"\necho 1.2.3\n`);
    chmodSync(join(folder, "package/pnpm"), 0o755);
    execFileSync("tar", ["-czf", tarball, "-C", folder, "package"]);
    mkdirSync(join(folder, "bin"));
    const npm = `#!/bin/sh
echo x >> "${folder}/downloads"
for argument in "$@"; do case "$argument" in --pack-destination=*) to="\${argument#*=}" ;; esac; done
cp "${tarball}" "$to/pnpm.tgz"
echo pnpm.tgz\n`;
    writeFileSync(join(folder, "bin/npm"), npm);
    chmodSync(join(folder, "bin/npm"), 0o755);
    vi.stubEnv("PATH", `${join(folder, "bin")}${delimiter}${process.env["PATH"]}`);
    return () => vi.unstubAllEnvs();
  });

  function pinned(content = readFileSync(tarball)) {
    const hash = `sha512-${createHash("sha512").update(content).digest("base64")}`;
    const names = Object.keys(hashes.tarballs).flatMap((name) => [name, `${name}-musl`]);
    return { version: "1.2.3", tarballs: Object.fromEntries(names.map((name) => [name, hash])) };
  }

  test("is downloaded once, compared and run", () => {
    const executable = pnpmExecutable(pinned(), cache) ?? "";
    expect(execFileSync(executable, { encoding: "utf8" })).toBe("1.2.3\n");
    expect(pnpmExecutable(pinned(), cache)).toBe(executable);
    expect(readFileSync(join(folder, "downloads"), "utf8")).toBe("x\n");
  });

  test("is not run, unpacked or kept where the registry gives another one", () => {
    const expected = pinned(Buffer.from("what was pinned"));
    expect(() => pnpmExecutable(expected, cache)).toThrow(
      /^@pnpm\/exe\.linux-\w+(?:-musl)?@1\.2\.3 is not what scripts\/pnpm\/hashes\.json pins, so it is not run: sha512-/,
    );
    expect(existsSync(join(folder, "was-run"))).toBe(false);
    expect(execFileSync("find", [cache, "-type", "f"], { encoding: "utf8" })).toBe("");
  });

  test("is downloaded anew when another one is pinned", () => {
    const first = pnpmExecutable(pinned(), cache);
    writeFileSync(join(folder, "package/more"), "");
    execFileSync("tar", ["-czf", tarball, "-C", folder, "package"]);
    expect(pnpmExecutable(pinned(), cache)).not.toBe(first);
  });

  test("is none where the platform has no hash", () => {
    expect(pnpmExecutable({ version: "1.2.3", tarballs: {} }, cache)).toBeUndefined();
  });
});

test("what pnpm runs finds the same pnpm by its name", () => {
  const script = `import { pnpmOutput } from ${JSON.stringify(join(root, "scripts/pnpm.mjs"))};
process.stdout.write(pnpmOutput(["exec", "pnpm", "--version"]));`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: root,
    encoding: "utf8",
  });
  expect(stdout.trim()).toBe(hashes.version);
  expect(pnpm(["--version"], { quiet: true })).toBe(true);
});

describe("where a download fails, there is advice for", () => {
  test.each([
    "npm error code ENOTFOUND",
    "npm error network request to https://registry.example failed, reason: connect ECONNREFUSED 127.0.0.1:1",
    "npm error code E403",
    "npm error code SELF_SIGNED_CERT_IN_CHAIN\nnpm error self-signed certificate in certificate chain",
    "[ERR_PNPM_META_FETCH_FAIL] GET https://registry.example/vitest: request failed",
  ])("%s", (output) => {
    expect(registryAdvice(output)).toContain("npm config set registry");
  });

  test.each(["[ERR_PNPM_OUTDATED_LOCKFILE] Cannot install", "src/index.ts: error TS2322", ""])(
    "anything but %j",
    (output) => {
      expect(registryAdvice(output)).toBeUndefined();
    },
  );
});

test("a step is announced, and its time is said", () => {
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  expect([announce("Building", () => true, print), announce("Packing", () => false, print)]).toEqual([
    true,
    false,
  ]);
  expect(lines).toEqual([
    "Building ...",
    expect.stringMatching(/^ {2}done after \d+ s$/),
    "Packing ...",
    expect.stringMatching(/^ {2}failed after \d+ s: see above$/),
  ]);
});
