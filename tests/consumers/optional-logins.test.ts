import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import commonjs from "@rollup/plugin-commonjs";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { build } from "esbuild";
import { rollup } from "rollup";
import { describe, expect, test } from "vitest";
import webpack, { type Configuration } from "webpack";
import { packed, runNode } from "../packed/packed.ts";

/** Logs in with Universal Auth, and prints the path of the login or the error. */
const program = `
import { environmentAuth } from "@infisical/auth-env";
const environment = { INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: "id", INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: "secret" };
const http = { request: async ({ path }) => ({ accessToken: path }) };
environmentAuth({ environment })
  .login({ http })
  .then(({ accessToken }) => console.log(accessToken), (error) => console.log(error.message));
`;

/** A project in which these packages are installed, and nothing else. */
function projectWith(...installed: readonly string[]): string {
  const project = mkdtempSync(join(packed.project, "..", "optional-"));
  for (const name of ["ms", "ky", "@infisical/core", "@infisical/auth-env", ...installed]) {
    cpSync(join(packed.project, "node_modules", name), join(project, "node_modules", name), {
      recursive: true,
    });
  }
  writeFileSync(join(project, "package.json"), "{}");
  writeFileSync(join(project, "main.mjs"), program);
  return project;
}

const bundlers: Readonly<Record<string, (project: string) => Promise<string>>> = {
  async esbuild(project) {
    const outfile = join(project, "esbuild.mjs");
    const entryPoints = [join(project, "main.mjs")];
    const options = { entryPoints, outfile, bundle: true, platform: "node", format: "esm" } as const;
    expect((await build(options)).warnings).toEqual([]);
    return outfile;
  },
  async webpack(project) {
    const stats = await promisify<Configuration, webpack.Stats>(webpack as never)({
      mode: "production",
      target: "node",
      entry: join(project, "main.mjs"),
      output: { path: project, filename: "webpack.cjs" },
      performance: false,
    });
    const { errors = [] } = stats.toJson({ all: false, errors: true });
    expect(errors.map(({ message }) => message)).toEqual([]);
    return join(project, "webpack.cjs");
  },
  async rollup(project) {
    const plugins = [nodeResolve({ exportConditions: ["node"] }), commonjs()];
    const bundle = await rollup({ input: join(project, "main.mjs"), plugins, onwarn: () => undefined });
    await bundle.write({ dir: join(project, "rollup"), format: "es", entryFileNames: "main.mjs" });
    await bundle.close();
    return join(project, "rollup/main.mjs");
  },
};

describe.each(Object.keys(bundlers))("a bundle of %s", (name) => {
  const bundle = async (project: string) => runNode([(await bundlers[name]?.(project)) ?? ""], project);

  test("is made without any login installed, and names the one that it would need", async () => {
    expect(await bundle(projectWith())).toContain(
      "@infisical/auth-universal could not be loaded: install it (npm install @infisical/auth-universal).",
    );
  });

  test("has the login that is installed", async () => {
    const project = projectWith("@infisical/auth-universal");
    expect(await bundle(project)).toBe("/api/v1/auth/universal-auth/login\n");
  });
});

test("the command says what is chosen, and ends with 0 or 1", () => {
  const cli = join(packed.project, "node_modules/@infisical/auth-env/dist/cli.js");
  expect(() => runNode([cli])).toThrow("nothing is chosen");
});
