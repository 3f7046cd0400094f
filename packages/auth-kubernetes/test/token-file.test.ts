import { chmodSync } from "node:fs";
import { createClient, isUnavailable } from "@infisical/core";
import { describe, expect, test, vi } from "vitest";
import { failureOf, printed } from "#test-kit";
import { type KubernetesAuthOptions, kubernetesAuth } from "../src/index.ts";
import { inPod, tokenFile } from "./pod.ts";

inPod();

/** Logs in at a server that accepts everything, and returns the tokens that it received. */
function login(options: KubernetesAuthOptions = {}) {
  const received: string[] = [];
  const client = createClient({
    auth: kubernetesAuth({ identityId: "an-identity", ...options }),
    retry: false,
    transport: async ({ body = "" }) => {
      received.push(JSON.parse(body).jwt);
      return { status: 200, headers: {}, body: JSON.stringify({ accessToken: `token-${received.length}` }) };
    },
  });
  return { received, login: () => client.auth().login() };
}

describe("the token's file", () => {
  test("is read at every login, without the line break at its end", async () => {
    const file = tokenFile("first\n");
    const { received, login: logIn } = login({ tokenPath: file.path });
    await logIn();
    file.replace(" second \n");
    await logIn();
    expect(received).toEqual(["first", "second"]);
  });

  test("is that of the option, then that of the variable, then the token in the variable", async () => {
    vi.stubEnv("INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN", " from-variable ");
    const first = login();
    await first.login();
    vi.stubEnv("INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH", tokenFile("from-path").path);
    await first.login();
    const second = login({ tokenPath: tokenFile("from-option").path });
    await second.login();
    expect([...first.received, ...second.received]).toEqual(["from-variable", "from-path", "from-option"]);
  });

  test("is that of the variable without white space around it, of which a blank one is not set", async () => {
    vi.stubEnv("INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH", `${tokenFile("from-path").path}\n`);
    const { received, login: logIn } = login();
    await logIn();
    vi.stubEnv("INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH", " ");
    vi.stubEnv("INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN", "from-variable");
    await logIn();
    expect(received).toEqual(["from-path", "from-variable"]);
  });

  test("that is missing in a pod is named, with where to look", async () => {
    const error = await failureOf(login().login());
    expect(error.message).toBe(
      "The service account token /var/run/secrets/kubernetes.io/serviceaccount/token does not exist: check " +
        "automountServiceAccountToken and the volumes of the pod. Set tokenPath, " +
        "INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH or INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN.",
    );
    expect(isUnavailable(error)).toBe(true);
  });

  test("that is missing outside a cluster says that this is not a pod", async () => {
    vi.stubEnv("KUBERNETES_SERVICE_HOST", undefined);
    const error = await failureOf(login({ tokenPath: "/nowhere/token" }).login());
    expect(error.message).toContain(
      "The service account token /nowhere/token does not exist: this is not a pod (KUBERNETES_SERVICE_HOST is not set).",
    );
    expect(isUnavailable(error)).toBe(true);
  });

  test.each(["", " \n"])("that contains %j is empty, which is an error of its own", async (text) => {
    const { path } = tokenFile(text);
    const error = await failureOf(login({ tokenPath: path }).login());
    expect(error).toMatchObject({
      code: "AUTH_FAILED",
      message: `The service account token ${path} is empty: has the kubelet written it yet?`,
    });
    expect(isUnavailable(error)).toBe(false);
  });

  test("that the process is not allowed to read is named with its cure", async () => {
    const { path, folder } = tokenFile("hunter2-token");
    chmodSync(path, 0o000);
    chmodSync(folder, 0o755);
    const error = await asNobody(() => failureOf(login({ tokenPath: path }).login()));
    expect(error).toMatchObject({
      code: "AUTH_FAILED",
      message: `The service account token ${path} cannot be read (EACCES): check fsGroup and runAsUser of the pod.`,
    });
  });

  test("cannot be a folder", async () => {
    const { folder } = tokenFile("hunter2-token");
    const error = await failureOf(login({ tokenPath: folder }).login());
    expect(error.message).toBe(
      `The service account token ${folder} cannot be read (EISDIR): it must be a file.`,
    );
  });

  test("does not exist on a platform without files", async () => {
    vi.stubGlobal("process", {
      env: process.env,
      getBuiltinModule: (name: string) => (name === "fs/promises" ? {} : undefined),
    });
    const error = await failureOf(login().login()).finally(() => vi.unstubAllGlobals());
    expect(error.message).toContain("The service account token /var/run/secrets/kubernetes.io/");
    expect(isUnavailable(error)).toBe(true);
  });

  test("is read by Node before 20.16, which does not hand out its modules", async () => {
    vi.stubGlobal("process", { env: process.env });
    const { received, login: logIn } = login({ tokenPath: tokenFile("old-node").path });
    await logIn().finally(() => vi.unstubAllGlobals());
    expect(received).toEqual(["old-node"]);
  });
});

test("the identity comes from INFISICAL_MACHINE_IDENTITY_ID by default", async () => {
  expect(() => kubernetesAuth()).toThrow(
    "identityId must be a non-empty string; if it is omitted, INFISICAL_MACHINE_IDENTITY_ID must be set.",
  );
  vi.stubEnv("INFISICAL_MACHINE_IDENTITY_ID", '"quoted"');
  expect(() => kubernetesAuth()).toThrow("identityId must not be in quotation marks");
  vi.stubEnv("INFISICAL_MACHINE_IDENTITY_ID", "an-identity");
  expect(printed(kubernetesAuth())).toContain("kubernetes-auth");
});

test("the token in the place of its path is not shown", async () => {
  const token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJodW50ZXIyIn0.c2ln";
  const rule =
    "must be the path of a file, not what a file contains, such as a key or a token (it is not shown).";
  expect(() => kubernetesAuth({ identityId: "id", tokenPath: token })).toThrow(`tokenPath ${rule}`);
  const variable = "INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH";
  vi.stubEnv(variable, token);
  const { login: logIn } = login();
  await expect(logIn()).rejects.toThrow(`${variable} ${rule}`);
});

/** Runs as a user to whom file permissions apply: root reads everything. */
async function asNobody<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
