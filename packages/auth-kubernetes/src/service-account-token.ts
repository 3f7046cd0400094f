import { InfisicalSDKError } from "@infisical/core";
import { readTextFile, readVariable, tokenUnavailable } from "@infisical/core/authoring";

/** Where Kubernetes mounts the token of a pod's service account. */
const defaultPath = "/var/run/secrets/kubernetes.io/serviceaccount/token";

const pathVariable = "INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH";
const tokenVariable = "INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN";

/** Reads the token of the pod's service account. It is read at every login: the kubelet replaces the file. */
export async function serviceAccountToken(tokenPath: string | undefined): Promise<string> {
  const path = tokenPath ?? readVariable(pathVariable);
  if (path === undefined) {
    const token = readVariable(tokenVariable)?.trim();
    if (token) return token;
  }
  const file = await readTextFile(path ?? defaultPath);
  const where = path === undefined ? `${defaultPath} (the default)` : path;
  if ("reason" in file) throw unreadable(where, file.reason);
  const token = file.text.trim();
  if (token !== "") return token;
  const problem = `The service account token file ${where} is empty: perhaps the kubelet has yet to write it`;
  throw new InfisicalSDKError(`${problem}, or the volume is not a projected serviceAccountToken.`, {
    code: "AUTH_FAILED",
  });
}

function unreadable(where: string, reason: string): InfisicalSDKError {
  if (reason === "ENOENT") {
    const cause = isInCluster()
      ? "The pod has no such file: check automountServiceAccountToken of the pod and of its service account, or mount a " +
        "projected serviceAccountToken volume"
      : "This program does not run in a Kubernetes pod (KUBERNETES_SERVICE_HOST is not set)";
    return tokenUnavailable(
      `There is no service account token at ${where}. ${cause}; another path belongs in tokenPath or ${pathVariable}, ` +
        `a token itself in ${tokenVariable}.`,
    );
  }
  if (reason === "NO_FILES") {
    return tokenUnavailable(
      `This platform has no files to read a service account token from; ${tokenVariable} is not set.`,
    );
  }
  const cure =
    reason === "EACCES" || reason === "EPERM"
      ? "this process is not allowed to read it: check securityContext.fsGroup and runAsUser of the pod, and the volume's defaultMode"
      : "the path must lead to a file";
  return new InfisicalSDKError(`The service account token at ${where} cannot be read (${reason}); ${cure}.`, {
    code: "AUTH_FAILED",
  });
}

function isInCluster(): boolean {
  return readVariable("KUBERNETES_SERVICE_HOST") !== undefined;
}
