import { InfisicalSDKError } from "@infisical/core";
import { readVariable } from "@infisical/core/authoring";
import { readTextFile, requirePath, tokenUnavailable } from "@infisical/core/logins";

const variable = "INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN";
const pathVariable = `${variable}_PATH`;

/** Reads the token of the pod's service account. It is read at every login: the kubelet replaces the file. */
export async function serviceAccountToken(tokenPath: string | undefined): Promise<string> {
  const named = readVariable(pathVariable);
  const given = tokenPath ?? (named && requirePath(pathVariable, named));
  const token = given === undefined && readVariable(variable);
  if (token) return token;
  const path = given ?? "/var/run/secrets/kubernetes.io/serviceaccount/token";
  const file = await readTextFile(path);
  if ("reason" in file) throw unreadable(path, file.reason);
  const text = file.text.trim();
  if (text === "")
    throw refused(`The service account token ${path} is empty: has the kubelet written it yet?`);
  return text;
}

function unreadable(path: string, reason: string): InfisicalSDKError {
  if (reason !== "ENOENT" && reason !== "NO_FILES") {
    const cure = /^E(?:ACCES|PERM)$/.test(reason)
      ? "check fsGroup and runAsUser of the pod"
      : "it must be a file";
    return refused(`The service account token ${path} cannot be read (${reason}): ${cure}.`);
  }
  const why =
    readVariable("KUBERNETES_SERVICE_HOST") === undefined
      ? "this is not a pod (KUBERNETES_SERVICE_HOST is not set)"
      : "check automountServiceAccountToken and the volumes of the pod";
  const cures = `Set tokenPath, ${pathVariable} or ${variable}.`;
  return tokenUnavailable(`The service account token ${path} does not exist: ${why}. ${cures}`);
}

function refused(message: string): InfisicalSDKError {
  return new InfisicalSDKError(message, { code: "AUTH_FAILED" });
}
