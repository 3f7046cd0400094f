import { type ZodType, type ZodTypeDef, z } from "zod";
import { databaseError, notFound, tokenError, unauthorized } from "../api/api-error.ts";
import type { PublicRequest, Routes } from "../api/routes.ts";
import { isUuid, slug, trimmed, validate } from "../api/schemas.ts";
import type { ServerState } from "../api/server-state.ts";
import type { TokenSettings } from "./access-tokens.ts";
import type { Identity, TokenLifetimes } from "./identities.ts";
import { TokenFlaw } from "./json-web-token.ts";

/** Who has logged in, and by which of its methods. */
interface Proven {
  readonly identity: Identity;
  readonly method: TokenLifetimes;
  /** What the access token says about the proof. */
  readonly identityAuth?: TokenSettings["identityAuth"];
}

/** A login by an auth method. */
interface Login<Body> {
  /** The method as its path and its tokens name it, such as `aws-auth`. */
  readonly authMethod: string;
  readonly body: ZodType<Body, ZodTypeDef, unknown>;
  readonly prove: (body: Body, request: PublicRequest) => Proven | Promise<Proven>;
}

/** The field by which every login can choose an organization. */
export const organizationSlug = slug(1, 32).optional();

/** The body of a login with a token of another platform. */
export const tokenBody = z.object({ identityId: trimmed, jwt: trimmed, organizationSlug });

/** The body of a login with a token that the server does not trim. */
export const untrimmedTokenBody = tokenBody.extend({ jwt: z.string() });

export function registerLogin<Body extends { readonly organizationSlug?: string | undefined }>(
  routes: Routes,
  { authMethod, body: schema, prove }: Login<Body>,
): void {
  const { state } = routes;
  routes.public("POST", `/api/v1/auth/${authMethod}/login`, async (request) => {
    const body = validate(schema, request.body());
    const { identity, method, identityAuth } = await proven(() => prove(body, request));
    requireOrganization(state, body.organizationSlug);
    return state.accessTokens.login(identity, { ...method, authMethod, identityAuth });
  });
}

/** What a login proves. A flaw of a token that the login itself does not report results in 403, as on the real server. */
async function proven(prove: () => Proven | Promise<Proven>): Promise<Proven> {
  try {
    return await prove();
  } catch (error) {
    throw error instanceof TokenFlaw ? tokenError(error.message) : error;
  }
}

/** The identity and one of its methods. Throws 404 if it has no such method, whether or not it exists, and 401 if it was deleted. */
export function requireMethod<Method>(
  { identities }: ServerState,
  identityId: string,
  { name, method }: { readonly name: string; readonly method: (identity: Identity) => Method | undefined },
): { readonly identity: Identity; readonly method: Method } {
  if (!isUuid(identityId)) throw databaseError("Find one");
  const identity = identities.byId(identityId);
  const found = identity && method(identity);
  if (!found) {
    const platform = name.slice(0, -" auth".length);
    throw notFound(`${platform} auth method not found for identity, did you configure ${name}?`);
  }
  if (identity.isDeleted) throw unauthorized("Identity not found");
  return { identity, method: found };
}

/** Throws 404 if a login names an organization that does not exist. */
export function requireOrganization(state: ServerState, wanted: string | undefined): void {
  if (wanted !== undefined && wanted !== state.organizationSlug) {
    throw notFound(`Sub organization with slug ${wanted} not found`);
  }
}

/** Whether a text matches a pattern in which `*` matches anything. */
export function matchesPattern(text: string, pattern: string): boolean {
  const literals = pattern.split("*").map((literal) => literal.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${literals.join(".*")}$`, "s").test(text);
}
