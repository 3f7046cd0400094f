import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { packed, runNode } from "../packed/packed.ts";

const { resolve } = createRequire(import.meta.url);

/** Lists certificates of a server that nobody runs, and prints why that fails. */
const program = `
  const client = new InfisicalSDK({ siteUrl: "http://127.0.0.1:9", retry: false });
  client.auth().accessToken("a-token");
  client.certificates().list("a-profile").catch(({ code, message }) => console.log(code, message));
`;
const forms = {
  "main.mjs": `import { InfisicalSDK } from "@infisical/sdk";${program}`,
  "main.cjs": `const { InfisicalSDK } = require("@infisical/sdk");${program}`,
};

/** A project with the umbrella, and with the package for certificates or without it. */
function project(hasCertificates: boolean): string {
  const folder = mkdtempSync(join(packed.project, "..", "certificates-"));
  cpSync(join(packed.project, "node_modules"), join(folder, "node_modules"), { recursive: true });
  if (!hasCertificates) rmSync(join(folder, "node_modules/@infisical/certificates"), { recursive: true });
  for (const [file, text] of Object.entries(forms)) writeFileSync(join(folder, file), text);
  writeFileSync(join(folder, "package.json"), "{}");
  return folder;
}

describe("an application of the umbrella without @infisical/certificates", () => {
  const folder = project(false);

  test.each(Object.keys(forms))("is told which package it needs: %s", (file) => {
    const told = "INVALID_OPTION certificates() needs a package: npm install @infisical/certificates.";
    expect(runNode([file], folder)).toBe(`${told}\n`);
  });

  test.each(["typescript-oldest", "typescript-newest"])("compiles, all libraries checked: %s", (compiler) => {
    const options = { module: "nodenext", moduleResolution: "nodenext", target: "es2022", strict: true };
    const compilerOptions = {
      ...options,
      lib: ["ES2022", "DOM"],
      types: [],
      skipLibCheck: false,
      noEmit: true,
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["main.mts"] }));
    writeFileSync(
      join(folder, "main.mts"),
      `import { InfisicalSDK } from "@infisical/sdk";\nexport const list = new InfisicalSDK().certificates().list("p");\n`,
    );
    runNode([join(dirname(resolve(`${compiler}/package.json`)), "bin/tsc"), "--project", folder]);
  });
});

test.each(Object.keys(forms))("with the package, its calls are sent: %s", (file) => {
  expect(runNode([file], project(true))).toMatch(/^UNREACHABLE /);
});

test("whoever installs the umbrella does not install it", () => {
  const umbrella = packed.packages.find(({ name }) => name === "@infisical/sdk");
  expect(umbrella?.manifest["dependencies"]).not.toHaveProperty("@infisical/certificates");
  expect(umbrella?.manifest["peerDependenciesMeta"]).toEqual({
    "@infisical/certificates": { optional: true },
  });
});
