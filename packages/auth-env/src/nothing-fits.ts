import type { SkippedMethod } from "./choose.ts";
import { type Place, setAmong } from "./place.ts";

/** What shows that a program does not run on a developer's machine. */
const elsewhere = [
  "CI",
  "TF_BUILD",
  "KUBERNETES_SERVICE_HOST",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_EXECUTION_ENV",
  "WEBSITE_SITE_NAME",
  "CONTAINER_APP_NAME",
  "K_SERVICE",
  "CLOUD_RUN_JOB",
  "GAE_ENV",
  "VERCEL",
  "FLY_APP_NAME",
];

const onOwnMachine =
  "On your own machine, set INFISICAL_UNIVERSAL_AUTH_CLIENT_ID and INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET of a machine " +
  "identity for development; or INFISICAL_TOKEN to what `infisical user get token --plain` prints, for as long as that " +
  "lasts; or test against a server of @infisical/test-server.";

/** Lists all that is missing, for the error of an environment in which there is nothing to choose. */
export function nothingFits(place: Place, skipped: readonly SkippedMethod[]): string {
  return `The environment has no login. Looked for ${listSkipped(skipped)}. ${adviceFor(place)}`.trimEnd();
}

/** What to do where nothing is chosen: something on a developer's machine, nothing elsewhere. */
export function adviceFor(place: Place): string {
  const signs = setAmong(place, elsewhere).filter((name) => place.read(name) !== "false");
  return signs.length === 0 ? onOwnMachine : "";
}

/** Lists methods with why they were not chosen. */
export function listSkipped(skipped: readonly SkippedMethod[]): string {
  return skipped.map(({ method, because }) => `${method} (${because})`).join(", ");
}
