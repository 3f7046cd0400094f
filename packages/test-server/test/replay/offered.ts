import type { Recording } from "#test-kit";

/** The routes that the SDK's methods call. */
const routes: readonly [method: string, path: RegExp][] = [
  ["POST", /^\/api\/v1\/auth\/(universal-auth|aws-auth)\/login$/],
  ["POST", /^\/api\/v1\/auth\/token\/(renew|revoke)$/],
  ["GET", /^\/api\/v3\/secrets\/raw(\/[^/]+)?$/],
  ["POST", /^\/api\/v3\/secrets\/raw\/[^/]+$/],
  ["PATCH", /^\/api\/v3\/secrets\/raw\/[^/]+$/],
  ["DELETE", /^\/api\/v3\/secrets\/raw\/[^/]+$/],
  ["POST", /^\/api\/v2\/workspace$/],
  ["POST", /^\/api\/v2\/workspace\/[^/]+\/memberships$/],
  ["POST", /^\/api\/v1\/workspace\/[^/]+\/environments$/],
  ["GET", /^\/api\/v1\/folders$/],
  ["POST", /^\/api\/v1\/folders$/],
  ["POST", /^\/api\/v1\/dynamic-secrets(\/leases(\/[^/]+\/renew)?)?$/],
  ["DELETE", /^\/api\/v1\/dynamic-secrets\/(leases\/)?[^/]+$/],
  ["POST", /^\/api\/v1\/kms\/keys(\/[^/]+\/(encrypt|decrypt|sign|verify))?$/],
  ["GET", /^\/api\/v1\/kms\/keys\/(key-name\/[^/]+|[^/]+\/(signing-algorithms|public-key))$/],
  ["GET", /^\/api\/v1\/kms\/keys$/],
  ["PATCH", /^\/api\/v1\/kms\/keys\/[^/]+$/],
  ["DELETE", /^\/api\/v1\/kms\/keys\/[^/]+$/],
  ["POST", /^\/api\/v1\/workspace\/[^/]+\/tags$/],
  ["GET", /^\/api\/v1\/secret-imports$/],
  ["POST", /^\/api\/v1\/secret-imports$/],
];

/** Whether the SDK can make an exchange: on a route of its methods, as a machine identity. */
export function isOffered({ request }: Recording): boolean {
  if (request.headers["authorization"]?.includes("USER_JWT")) return false;
  return routes.some(([method, path]) => method === request.method && path.test(request.path));
}
