import { expect, test } from "vitest";
import {
  type ClusterFailure,
  createTestServer,
  type KubernetesAuthSeed,
  type TestServer,
} from "../src/index.ts";
import { claimsOf, loginWith, refusal } from "./support/token-login.ts";

const username = "system:serviceaccount:shop:api";

function serverWith(seed: KubernetesAuthSeed = {}, allowInternalIpConnections = true): TestServer {
  const kubernetesAuth = { reviews: { pod: { username } }, ...seed };
  return createTestServer({ identities: [{ name: "pod", kubernetesAuth }], allowInternalIpConnections });
}

const login = (server: TestServer, jwt = "pod") => loginWith(server, "kubernetes-auth", jwt);
const label = "KubernetesTokenReviewError";

test("a service account that the cluster recognizes logs in, and its access token names it", async () => {
  const { status, body } = await login(serverWith({ accessTokenTTL: 60 }), " pod\n");
  expect(status).toBe(200);
  expect(body.expiresIn).toBe(60);
  expect(claimsOf(body.accessToken)).toMatchObject({
    authMethod: "kubernetes-auth",
    identityAuth: { kubernetes: { namespace: "shop", name: "api" } },
  });
});

test.each([
  [{ error: "token has expired" }, refusal(401, "token has expired", label)],
  [{ authenticated: false }, refusal(401, "Kubernetes token not authenticated", label)],
  [
    { username: "admin" },
    refusal(
      400,
      'Invalid Kubernetes service account username format: "admin". Expected format: system:serviceaccount:<namespace>:<name>',
      "KubernetesUsernameParseError",
    ),
  ],
])("the review %j is refused", async (review, expected) => {
  expect(await login(serverWith({ reviews: { pod: review } }))).toEqual(expected);
});

test("the cluster does not know a token without a review", async () => {
  expect(await login(serverWith(), "other")).toMatchObject({ status: 401, error: label });
});

const namespace = refusal(401, "Access denied: K8s namespace not allowed.");
const name = refusal(401, "Access denied: K8s name not allowed.");
const audience = refusal(401, "Access denied: K8s audience not allowed.");
const accepted = { status: 200 };

test.each<[KubernetesAuthSeed, object]>([
  [{ allowedNamespaces: "web, shop" }, accepted],
  [{ allowedNamespaces: "sh*" }, accepted],
  [{ allowedNamespaces: "web,sho" }, namespace],
  [{ allowedNames: "api,worker" }, accepted],
  [{ allowedNames: "a?i" }, accepted],
  [{ allowedNames: "worker" }, name],
  [{ allowedAudience: "infisical" }, accepted],
  [{ allowedAudience: "infi*" }, audience],
  [{ allowedAudience: "other" }, audience],
])("the configuration %j is compared with the service account", async (seed, expected) => {
  const reviews = { pod: { username, audiences: ["x", "infisical"] } };
  expect(await login(serverWith({ reviews, ...seed }))).toMatchObject(expected);
});

const host = "https://cluster.example:6443";

test.each<[ClusterFailure, number, string, string]>([
  [
    { status: 401 },
    401,
    "KubernetesTokenReviewerUnauthorized",
    "Token reviewer JWT is invalid or expired. Please verify the token reviewer JWT is correct and has not expired.",
  ],
  [{ status: 401, message: "Unauthorized" }, 401, "KubernetesTokenReviewerUnauthorized", "Unauthorized"],
  [
    { status: 403 },
    401,
    "KubernetesTokenReviewerForbidden",
    "Token reviewer JWT does not have permission to perform TokenReviews. Ensure the service account has the 'system:auth-delegator' ClusterRole binding.",
  ],
  [
    "connection-refused",
    400,
    "KubernetesConnectionRefused",
    `Failed to connect to Kubernetes API server at ${host}: Connection refused. Verify the host URL and ensure the kubernetes api server is accessible.`,
  ],
  [
    "host-not-found",
    400,
    "KubernetesHostNotFound",
    `Failed to resolve Kubernetes API server hostname: ${host}. Verify the hostname is correct.`,
  ],
  [
    "timeout",
    400,
    "KubernetesConnectionTimeout",
    `Connection to Kubernetes API server at ${host} timed out. Verify network connectivity and firewall rules.`,
  ],
  [
    "certificate",
    400,
    "KubernetesCertificateError",
    `SSL certificate verification failed for Kubernetes API server at ${host}. The server uses a self-signed certificate. Please provide the CA certificate in the configuration.`,
  ],
  [{ status: 502 }, 400, "KubernetesTokenReviewRequestError", "Kubernetes returned HTTP 502: Unknown error"],
  [{ status: 502, message: "bad gateway" }, 400, "KubernetesTokenReviewRequestError", "bad gateway"],
])("a cluster that fails with %j makes the login fail", async (failure, status, error, message) => {
  const server = serverWith({ kubernetesHost: host });
  server.cluster.fail(failure);
  expect(await login(server)).toEqual(refusal(status, message, error));
  server.cluster.fail(undefined);
  expect((await login(server)).status).toBe(200);
});

test("reviews can be replaced while the server runs, and a reset goes back to the seed", async () => {
  const server = serverWith();
  server.cluster.setReviews({ rotated: { username } });
  expect((await login(server, "rotated")).status).toBe(200);
  expect((await login(server)).status).toBe(401);
  server.cluster.fail("timeout");
  server.reset();
  expect((await login(server)).status).toBe(200);
  expect((await login(server, "rotated")).status).toBe(401);
});

test("a wrong review and a wrong failure are reported", () => {
  const { cluster } = serverWith();
  expect(() => cluster.setReviews({ pod: { user: "a" } as never })).toThrow("cluster.setReviews(): pod:");
  expect(() => cluster.fail("broken" as never)).toThrow("cluster.fail():");
});

test("the private address of a cluster is refused if the server does not allow it", async () => {
  const server = serverWith({ kubernetesHost: "https://10.0.0.1:6443" }, false);
  expect(await login(server)).toEqual(refusal(400, "Local IPs not allowed as URL"));
});

test("an identity without Kubernetes Auth is not found, nor is a deleted one", async () => {
  expect(await login(createTestServer())).toEqual(
    refusal(404, "Kubernetes auth method not found for identity, did you configure Kubernetes auth?"),
  );
  const identities = [{ name: "pod", isDeleted: true, kubernetesAuth: {} }];
  expect(await login(createTestServer({ identities }))).toEqual(refusal(401, "Identity not found"));
});
