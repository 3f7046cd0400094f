import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const firstSecret = fileURLToPath(new URL("first-secret.cjs", import.meta.url));

/**
 * Starts a process with a bundled handler and nothing else, and measures it up to the first secret.
 *
 * @param {string} bundle
 * @param {{ siteUrl: string, certificateFile?: string }} server certificateFile: what it must trust to reach it
 * @returns {Promise<number>} its CPU time in milliseconds
 */
export async function coldStart(bundle, { siteUrl, certificateFile }) {
  const { stdout } = await promisify(execFile)(process.execPath, [firstSecret, bundle], {
    env: {
      AWS_ACCESS_KEY_ID: "ASIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      AWS_SESSION_TOKEN: "IQoJb3JpZ2luX2VjEXAMPLE",
      AWS_REGION: "eu-central-1",
      INFISICAL_SITE_URL: siteUrl,
      INFISICAL_MACHINE_IDENTITY_ID: "9b1d2c5e-7f3a-4f0e-8f63-3a8d1c6b2e10",
      INFISICAL_PROJECT_ID: "5c977d9c-8721-4569-a560-54e42c3370a1",
      ...(certificateFile && { NODE_EXTRA_CA_CERTS: certificateFile }),
    },
  });
  return Number(stdout) / 1000;
}
