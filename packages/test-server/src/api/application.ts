import { TrieRouter } from "hono/router/trie-router";
import { longestLifetime } from "../auth/access-tokens.ts";
import { registerAlicloudAuth } from "../auth/alicloud-auth.ts";
import { registerAwsAuth } from "../auth/aws-auth.ts";
import { registerAzureAuth } from "../auth/azure-auth.ts";
import { registerGcpAuth } from "../auth/gcp-auth.ts";
import { registerJwtAuth } from "../auth/jwt-auth.ts";
import { registerKubernetesAuth } from "../auth/kubernetes-auth.ts";
import { registerLdapAuth } from "../auth/ldap-auth.ts";
import { registerOciAuth } from "../auth/oci-auth.ts";
import { registerOidcAuth } from "../auth/oidc-auth.ts";
import { registerSpiffeAuth } from "../auth/spiffe-auth.ts";
import { registerTlsCertAuth } from "../auth/tls-cert-auth.ts";
import { registerTokens } from "../auth/token-routes.ts";
import { registerUniversalAuth } from "../auth/universal-auth.ts";
import { discoveryPath, jwksPath } from "../clouds/token-issuer.ts";
import { registerCertificates } from "../resources/certificates/certificate-routes.ts";
import { registerCertificateProfiles } from "../resources/certificates/profile-routes.ts";
import {
  registerDynamicSecrets,
  registerLeases,
} from "../resources/dynamic-secrets/dynamic-secret-routes.ts";
import { registerEvents } from "../resources/events/event-routes.ts";
import { registerFolders } from "../resources/folders/folders.ts";
import { registerKmsCryptography } from "../resources/kms/kms-cryptography.ts";
import { registerKmsKeys } from "../resources/kms/kms-keys.ts";
import { registerEnvironments } from "../resources/projects/environments.ts";
import { registerMemberships } from "../resources/projects/memberships.ts";
import { registerProjects } from "../resources/projects/projects.ts";
import { registerTags } from "../resources/projects/tags.ts";
import { registerSecretImports } from "../resources/secret-imports/secret-imports.ts";
import { registerSecrets } from "../resources/secrets/routes.ts";
import { ApiError } from "./api-error.ts";
import {
  type Call,
  errorResponse,
  type HttpResponse,
  refusedPathResponse,
  unknownRouteResponse,
} from "./http.ts";
import type { OwnRoute } from "./own-routes.ts";
import { type RegisteredRoute, Routes } from "./routes.ts";
import type { ServerState } from "./server-state.ts";

/** Answers requests, without sockets and without faults. */
export interface Application {
  readonly answer: (call: Call) => Promise<HttpResponse>;
  /**
   * Adds a route behind those that there are.
   *
   * @throws Error when requests to it are answered already.
   */
  readonly add: (route: OwnRoute) => void;
}

/** Methods that no route of Infisical has. */
const unroutable = ["CONNECT", "TRACE", "TRACK"];

/** In UTF-16 code units, decoded. */
const longestParameter = 100;

/** Families of routes that Infisical has and this server does not simulate completely, by their prefixes. */
const families: Readonly<Record<string, string>> = {
  "/api": "docs",
  "/api/v1":
    "admin app-connections audit-logs auth cert-manager dynamic-secrets folders gateways groups identities kms " +
    "organization pki projects secret secret-approval-requests secret-approvals secret-imports secret-sharing secret-syncs ssh user " +
    "webhooks workspace",
  "/api/v2": "folders gateways organizations secret-imports secret-rotations service-token users workspace",
  "/api/v3/secrets": "tags",
  "/api/v4": "secrets",
};

/** The API of one server state. */
export function createApplication(state: ServerState): Application {
  const router = new TrieRouter<RegisteredRoute>();
  const routes = new Routes(router, state);
  registerRoutes(routes);

  async function respond(call: Call): Promise<HttpResponse> {
    if (unroutable.includes(call.method)) return unknownRouteResponse(call);
    if (call.method === "OPTIONS") return { status: 204, headers: {}, body: "" };
    const path = decodedPath(call);
    if (path === undefined) {
      return refusedPathResponse(400, "FST_ERR_BAD_URL", `'${call.target}' is not a valid url component`);
    }
    const [[match]] = router.match(call.method === "HEAD" ? "GET" : call.method, call.path);
    if (!match) {
      if (isKnownFamily(call)) throw notImplemented(call);
      return unknownRouteResponse(call);
    }
    const parameters = Object.fromEntries(
      Object.entries(match[1]).map(([name, value]) => [name, decodeURIComponent(String(value))]),
    );
    if (Object.values(parameters).some((value) => value.length > longestParameter)) {
      const message = `'${path}' is exceeding the max param length`;
      return refusedPathResponse(414, "FST_ERR_MAX_PARAM_LENGTH", message);
    }
    return match[0].answer(call, parameters);
  }

  const add = (route: OwnRoute) => routes.own(route);
  const answer: Application["answer"] = (call) =>
    respond(call).catch((error) => errorResponse(call, error, state.identifiers.request()));
  const { rateLimiter } = state;
  if (!rateLimiter) return { answer, add };
  return {
    add,
    answer: async (call) => {
      const response = await answer(call);
      return { ...response, headers: { ...response.headers, ...rateLimiter.headers(call) } };
    },
  };
}

/** Every simulated route. Where paths overlap, the fixed one comes before the one with a parameter. */
function registerRoutes(routes: Routes): void {
  routes.public("GET", "/api/status", () => ({
    date: routes.state.timestamp(),
    message: "Ok",
    emailConfigured: false,
    inviteOnlySignup: true,
    redisConfigured: true,
    secretScanningConfigured: false,
    auditLogStorageDisabled: false,
    maxIdentityAccessTokenTTL: longestLifetime,
  }));
  const { tokenIssuer } = routes.state;
  routes.public("GET", discoveryPath, ({ call }) => tokenIssuer.discovery(call));
  routes.public("GET", jwksPath, () => tokenIssuer.jwks());
  registerUniversalAuth(routes);
  registerJwtAuth(routes);
  registerOidcAuth(routes);
  registerKubernetesAuth(routes);
  registerSpiffeAuth(routes);
  registerAwsAuth(routes);
  registerGcpAuth(routes);
  registerAzureAuth(routes);
  registerLdapAuth(routes);
  registerOciAuth(routes);
  registerAlicloudAuth(routes);
  registerTlsCertAuth(routes);
  registerTokens(routes);
  // Would otherwise match as a secret of that name.
  routes.public("POST", "/api/v4/secrets/duplicate", ({ call }) => {
    throw notImplemented(call);
  });

  registerSecrets(routes);
  for (const version of ["v1", "v2"] as const) {
    registerFolders(routes, version);
    registerSecretImports(routes, version);
  }
  registerEvents(routes);
  registerLeases(routes);
  registerDynamicSecrets(routes);
  registerProjects(routes);
  registerMemberships(routes);
  for (const family of ["projects", "workspace"] as const) {
    registerEnvironments(routes, family);
    registerTags(routes, family);
  }
  registerKmsKeys(routes);
  registerKmsCryptography(routes);
  registerCertificates(routes);
  registerCertificateProfiles(routes);
}

/** The path without the escapes that need none; `undefined` if an escape is not valid. */
function decodedPath({ path }: Call): string | undefined {
  try {
    decodeURIComponent(path);
    return decodeURI(path);
  } catch {
    return undefined;
  }
}

/** Whether a request without a matching route belongs to a known family of routes. */
function isKnownFamily({ path }: Call): boolean {
  // Every login is simulated, and so are renewal and revocation.
  if (/\/login$|\/auth\/token\/(?:renew|revoke)$/.test(path)) return false;
  return Object.entries(families).some(([prefix, names]) =>
    names.split(" ").some((name) => `${path}/`.startsWith(`${prefix}/${name}/`)),
  );
}

function notImplemented({ method, path }: Call): ApiError {
  return new ApiError(501, "NotImplemented", `@infisical/test-server does not implement ${method} ${path}`);
}
