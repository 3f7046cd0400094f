import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Starts applications with the preload of `@infisical/env`, as ESM and as CommonJS, by `--import` and by `NODE_OPTIONS`.
 *
 * @param {string} binary
 * @param {import("./runtimes.mjs").Task} task
 * @returns {Promise<{ name: string, error?: string }[]>}
 */
export async function runPreload(binary, { project, settings }) {
  const { siteUrl, controlUrl, projectId, clientId, clientSecret } = settings;
  const secret = { environment: "dev", key: "OF_THE_SERVER", value: "a value\nof two lines" };
  await fetch(controlUrl, { method: "POST", body: JSON.stringify({ reset: true, secret }) });
  const program = "process.stdout.write(process.env.OF_THE_SERVER ?? '')";
  for (const extension of ["mjs", "cjs"]) writeFileSync(join(project, `application.${extension}`), program);
  const variables = {
    INFISICAL_SITE_URL: siteUrl,
    INFISICAL_PROJECT_ID: projectId,
    INFISICAL_ENVIRONMENT: "dev",
    INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: clientId,
    INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: clientSecret,
  };
  const flags = ["--import", "@infisical/env/preload"];
  const ways = [
    { name: "the preload fills an ESM application", args: [...flags, "application.mjs"] },
    { name: "the preload fills a CommonJS application", args: [...flags, "application.cjs"] },
    {
      name: "the preload works by NODE_OPTIONS",
      args: ["application.cjs"],
      more: { NODE_OPTIONS: flags.join(" ") },
    },
    {
      name: "an application does not start if the login is refused",
      args: [...flags, "application.mjs"],
      more: { INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: "wrong" },
      refused: true,
    },
  ];
  const results = [];
  for (const { name, args, more, refused = false } of ways) {
    const error = await outcome(binary, args, { cwd: project, env: { ...variables, ...more } }).then(
      ({ code, stdout }) => {
        const expected = refused ? "1 " : `0 ${secret.value}`;
        return `${code} ${stdout}` === expected ? undefined : `ended with ${code}, printed ${stdout}`;
      },
    );
    results.push(error === undefined ? { name } : { name, error });
  }
  return results;
}

/**
 * @param {string} binary
 * @param {readonly string[]} args
 * @param {import("node:child_process").ExecFileOptions} options
 */
async function outcome(binary, args, options) {
  try {
    const { stdout } = await run(binary, args, { ...options, timeout: 30_000 });
    return { code: 0, stdout: String(stdout) };
  } catch (error) {
    const { code, stdout } = /** @type {{ code: unknown, stdout: unknown }} */ (error);
    return { code, stdout: String(stdout) };
  }
}
