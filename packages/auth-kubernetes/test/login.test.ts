import type { ClusterFailure, KubernetesAuthSeed } from "@infisical/test-server";
import { createTestTokenIssuer } from "@infisical/test-server/clouds";
import { describe, expect, test } from "vitest";
import { failureOf, printed, start } from "#test-kit";
import { kubernetesAuth } from "../src/index.ts";
import { inPod, tokenFile } from "./pod.ts";

inPod();

const username = "system:serviceaccount:shop:api";
const host = "https://kubernetes.test:6443";

/** A token as a cluster signs it. */
const clusterToken = createTestTokenIssuer({ issuer: "https://cluster.test" }).issueToken({
  sub: username,
  aud: ["infisical"],
});

/** A server whose cluster knows the token in a pod's file, and a client in that pod. */
async function startInPod(seed: KubernetesAuthSeed = {}, allowInternalIpConnections = true) {
  const token = await clusterToken;
  const file = tokenFile(`${token}\n`);
  const kubernetesAuth_ = { reviews: { [token]: { username, audiences: ["infisical"] } }, ...seed };
  const { server, connect } = await start({
    server: {
      allowInternalIpConnections,
      identities: [
        { name: "pod", projectRoles: { "example-project": "viewer" }, kubernetesAuth: kubernetesAuth_ },
        { name: "other", universalAuth: {} },
        { name: "gone", kubernetesAuth: kubernetesAuth_, isDeleted: true },
      ],
    },
  });
  const identityOf = (index: number) => server.identities[index]?.identityId ?? "";
  const clientFor = (options: object = {}) =>
    connect({ auth: kubernetesAuth({ identityId: identityOf(0), tokenPath: file.path, ...options }) });
  const logins = () => server.requests.filter(({ path }) => path.endsWith("/login"));
  return { server, token, file, clientFor, identityOf, logins };
}

const described = `The token: issuer https://cluster.test, subject ${username}, audience infisical, key`;

test("a pod logs in, and its replaced token is read again at the next login", async () => {
  const { server, file, clientFor, logins } = await startInPod();
  const client = clientFor();
  await client.auth().login();
  server.cluster.setReviews({ second: { username } });
  file.replace("second\n");
  await client.auth().login();
  expect(logins().map(({ status, body }) => [status, (body as { jwt: string }).jwt.slice(0, 6)])).toEqual([
    [200, expect.stringMatching(/^eyJ/)],
    [200, "second"],
  ]);
});

test("a session reads the file at each of its logins, and no call fails", async () => {
  const { server, clientFor, logins } = await startInPod({ accessTokenTTL: 300, accessTokenMaxTTL: 300 });
  const client = clientFor();
  for (let minutes = 0; minutes < 60; minutes += 1) {
    await client.request({ method: "GET", path: "/api/v1/projects" });
    await server.clock.advance(60_000);
  }
  expect(logins().length).toBeGreaterThanOrEqual(12);
  expect(logins().every(({ status }) => status === 200)).toBe(true);
});

describe("a refusal says what to check, and what the token says about itself", () => {
  test.each<[string, KubernetesAuthSeed | object, string]>([
    [
      "another namespace",
      { allowedNamespaces: "prod" },
      "Access denied: K8s namespace not allowed. Its Kubernetes Auth must allow the pod's namespace and service account.",
    ],
    [
      "another name",
      { allowedNames: "web" },
      "Access denied: K8s name not allowed. Its Kubernetes Auth must allow the pod's namespace and service account.",
    ],
    [
      "another audience",
      { allowedAudience: "vault" },
      "Access denied: K8s audience not allowed. Its allowed audience must be the token's: mount a projected volume, and set tokenPath.",
    ],
    [
      "a token that the cluster does not know",
      { reviews: {} },
      "The token has expired, or is for another cluster or audience.",
    ],
  ])("%s", async (_, seed, advice) => {
    const { clientFor } = await startInPod(seed);
    const error = await failureOf(clientFor().auth().login());
    expect(error).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
    expect(error.message).toContain(`${advice} ${described}`);
  });

  test("a token of something other than a service account", async () => {
    const { server, token, clientFor } = await startInPod();
    server.cluster.setReviews({ [token]: { username: "admin" } });
    const error = await failureOf(clientFor().auth().login());
    expect(error).toMatchObject({
      code: "AUTH_FAILED",
      statusCode: 400,
      label: "KubernetesUsernameParseError",
    });
    expect(error.message).toContain("The token must be a service account's.");
  });

  test("a token that the cluster recognizes and does not authenticate", async () => {
    const { server, token, clientFor } = await startInPod();
    server.cluster.setReviews({ [token]: { authenticated: false, username } });
    const error = await failureOf(clientFor().auth().login());
    expect(error.message).toContain("Kubernetes token not authenticated. The token has expired, or is for");
  });

  test("an identity without Kubernetes Auth, and an identity that was deleted", async () => {
    const { clientFor, identityOf } = await startInPod();
    const without = await failureOf(
      clientFor({ identityId: identityOf(1) })
        .auth()
        .login(),
    );
    expect(without).toMatchObject({ code: "AUTH_FAILED", statusCode: 404 });
    expect(without.message).toContain(
      "Check the identity's id, and that Kubernetes Auth is among its auth methods.",
    );
    const gone = await failureOf(
      clientFor({ identityId: identityOf(2) })
        .auth()
        .login(),
    );
    expect(gone).toMatchObject({ code: "AUTH_FAILED", statusCode: 401 });
    expect(gone.message).toContain(
      "Identity not found. The identity was deleted, and only its auth method is left.",
    );
  });

  test("an organization that does not exist", async () => {
    const { clientFor } = await startInPod();
    const error = await failureOf(clientFor({ organizationSlug: "acme" }).auth().login());
    expect(error).toMatchObject({ code: "AUTH_FAILED", statusCode: 404 });
    expect(error.message).toContain("The proof was accepted: check organizationSlug.");
  });

  test("a private address that the server is not allowed to ask", async () => {
    const { clientFor } = await startInPod({ kubernetesHost: "https://10.0.0.1:6443" }, false);
    const error = await failureOf(clientFor().auth().login());
    expect(error).toMatchObject({ code: "AUTH_FAILED", statusCode: 400 });
    expect(error.message).toContain(
      "Local IPs not allowed as URL. A self-hosted server needs ALLOW_INTERNAL_IP_CONNECTIONS=true for a private address.",
    );
  });

  test.each<[number, string, string]>([
    [401, "KubernetesTokenReviewerUnauthorized", "The token reviewer JWT of its Kubernetes Auth has expired"],
    [403, "KubernetesTokenReviewerForbidden", "needs the role system:auth-delegator."],
  ])("a reviewer that the cluster answers with %i", async (status, label, advice) => {
    const { server, clientFor } = await startInPod();
    server.cluster.fail({ status });
    const error = await failureOf(clientFor().auth().login());
    expect(error).toMatchObject({ code: "AUTH_FAILED", statusCode: 401, label });
    expect(error.message).toContain(advice);
  });
});

describe("a cluster that the server cannot ask is an outage, not a refusal", () => {
  test.each<[ClusterFailure, string]>([
    ["connection-refused", "KubernetesConnectionRefused"],
    ["host-not-found", "KubernetesHostNotFound"],
    ["timeout", "KubernetesConnectionTimeout"],
    ["certificate", "KubernetesCertificateError"],
    [{ status: 500 }, "KubernetesTokenReviewRequestError"],
  ])("%j", async (failure, label) => {
    const { server, clientFor, logins } = await startInPod();
    server.cluster.fail(failure);
    const client = clientFor();
    const error = await failureOf(client.auth().login());
    expect(error).toMatchObject({ code: "SERVER_ERROR", statusCode: 400, label });
    expect(error.message).toContain(
      `Infisical could not ask the cluster: check host and CA certificate of the Kubernetes Auth, and firewalls.`,
    );
    server.cluster.fail(undefined);
    // At once: it is not remembered for ten seconds.
    await client.request({ method: "GET", path: "/api/v1/projects" });
    expect(logins().map(({ status }) => status)).toEqual([400, 200]);
    if (typeof failure === "string") expect(error.message).toContain(host);
  });
});

test("no refusal shows the token, even if the server repeats it", async () => {
  const { server, token, clientFor } = await startInPod();
  server.cluster.setReviews({ [token]: { error: `invalid bearer token ${token}` } });
  const error = await failureOf(clientFor().auth().login());
  expect(error.message).toContain("invalid bearer token [redacted]");
  expect(printed(error)).not.toContain(token);
  expect(printed(error)).not.toContain(token.split(".")[2]);
});
