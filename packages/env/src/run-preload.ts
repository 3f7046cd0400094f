import { isInfisicalError } from "@infisical/core";
import { withinTime } from "@infisical/core/authoring";
import { readConfiguration } from "./configuration.ts";
import { isSilent, optionsOfVariables, writeMarker } from "./environment.ts";
import { hasVariablesOf, removeInherited } from "./inherited.ts";
import { defaultTimeout, loadEnv } from "./load-env.ts";
import { configurationHash, markerOf } from "./marker.ts";
import { lineOf } from "./report.ts";

/** Fills the variables of the process, or ends the process. */
export async function preload(): Promise<void> {
  try {
    const line = await fill();
    if (line !== undefined && !isSilent()) process.stderr.write(`infisical: ${line}\n`);
  } catch (error) {
    await printed(`infisical: The application was not started. ${reasonOf(error)}\n`);
    process.exit(1);
  }
}

async function fill(): Promise<string | undefined> {
  const started = performance.now();
  const limit = optionsOfVariables().timeout ?? defaultTimeout;
  const { options, file } = await withinTime(limit, "Loading infisical.config", undefined, () =>
    readConfiguration(),
  );
  const configuration = await configurationHash(options, file);
  if (await hasVariablesOf(configuration)) return undefined;
  await removeInherited();
  const timeout = Math.max(
    1,
    Math.round((options.timeout ?? defaultTimeout) - (performance.now() - started)),
  );
  const { variables, report } = await loadEnv({ ...options, timeout, writeTo: true });
  writeMarker(await markerOf(configuration, Object.keys(variables)));
  return lineOf(report);
}

/** What was wrong, and what to do, in one line. */
function reasonOf(error: unknown): string {
  if (!isInfisicalError(error))
    return "Something unexpected failed; INFISICAL_ENV_TIMEOUT and the configuration may help.";
  const advice = adviceFor[error.code];
  return advice === undefined ? error.message : `${error.message} ${advice}`;
}

const unreachable =
  "Check INFISICAL_SITE_URL and the network; a fallback file (INFISICAL_ENV_FALLBACK) lets applications start during an outage.";
const refused =
  "Check the project, the environment and the folder, and whether the identity is a member of the project.";

const adviceFor: Readonly<Record<string, string>> = {
  AUTH_FAILED: "Check the identity's credentials in the variables that begin with INFISICAL_.",
  CONNECTION_LOST: unreachable,
  FORBIDDEN: refused,
  GATEWAY_ERROR: unreachable,
  INVALID_ENV: "Correct the secrets, or the schema in infisical.config.",
  NOT_FOUND: refused,
  RATE_LIMITED: "Start fewer processes at once, or keep a fallback file (INFISICAL_ENV_FALLBACK).",
  SERVER_ERROR: unreachable,
  TIMEOUT: unreachable,
  UNREACHABLE: unreachable,
};

/** Waits until a text is written: a process that ends drops what a pipe has not taken. */
function printed(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stderr.once("error", () => resolve());
    process.stderr.write(text, () => resolve());
  });
}
