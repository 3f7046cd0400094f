import type { TokenSource, TokenSourceContext } from "@infisical/core";
import { readVariable } from "@infisical/core/authoring";
import { requirePath, tokenUnavailable } from "@infisical/core/logins";
import { parseAudience } from "./environment.ts";
import { parseJwt, parseVariable } from "./read-token.ts";
import { readTokenFile } from "./read-token-file.ts";
import { requestToken } from "./request-token.ts";

/** What the token of a Vercel deployment is issued for. */
export interface VercelOptions {
  /**
   * The audience of the token, its claim `aud`. Vercel is asked to exchange its own token for one with this audience.
   *
   * @defaultValue Vercel's own: the URL of the team, such as `https://vercel.com/acme`
   */
  readonly audience?: string | undefined;
}

const fileVariable = "VERCEL_OIDC_TOKEN_FILE";
const tokenVariable = "VERCEL_OIDC_TOKEN";

/**
 * Gets the OpenID Connect token of a Vercel deployment: from the request that a function answers, from the file in
 * `VERCEL_OIDC_TOKEN_FILE`, or from the variable `VERCEL_OIDC_TOKEN`.
 *
 * It applies if one of them is there. At run time that is only the case inside a request, so nothing may log in while
 * modules load. Builds and `vercel env pull` set the variable, whose token lives 12 hours on a developer's machine.
 *
 * @param options - The audience, the team's URL by default; checked here.
 * @returns A token source, for the option `token` of `oidcAuth` or `jwtAuth`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown or malformed.
 *
 * @example
 * import { oidcAuth } from "@infisical/auth-oidc";
 * import { vercel } from "@infisical/auth-oidc/vercel";
 * const auth = oidcAuth({ identityId: "id", token: vercel({ audience: "https://infisical.example.com" }) });
 */
export function vercel(options?: VercelOptions): TokenSource {
  const { audience } = parseAudience(options);
  return async (context) => {
    const token = await currentToken(context);
    if (audience === undefined) return token;
    const request = {
      platform: "Vercel's token exchange",
      method: "POST",
      url: new URL("https://oidc.vercel.com/~token"),
      body: { token, aud: audience },
      credentials: [token],
      field: "token",
      advice: "Vercel exchanges only tokens that it has issued and that have not expired.",
    } as const;
    return requestToken(request, context);
  };
}

async function currentToken(context: TokenSourceContext): Promise<string> {
  const ofRequest = requestHeader();
  if (ofRequest !== undefined) return parseJwt(ofRequest, "The header x-vercel-oidc-token of the request");
  const path = readVariable(fileVariable);
  if (path) return readTokenFile(requirePath(fileVariable, path), fileVariable);
  const token = readVariable(tokenVariable);
  if (token !== undefined) {
    return parseVariable(
      token,
      tokenVariable,
      context,
      "On a developer's machine, run `vercel env pull` again.",
    );
  }
  throw tokenUnavailable(
    `No request of Vercel is being answered, and neither ${fileVariable} nor ${tokenVariable} is set. ` +
      (readVariable("VERCEL") === undefined
        ? "This does not look like a deployment of Vercel; on a developer's machine, run `vercel env pull`. On Vercel, "
        : "Here, ") +
      "a function has the token only inside a request: log in there, not while modules load; and the project needs " +
      "Secure Backend Access with OIDC Federation in its settings.",
  );
}

/** What Vercel's own package reads, which keeps the headers of the current request under this symbol. */
function requestHeader(): string | undefined {
  const holder = (globalThis as Record<symbol, unknown>)[Symbol.for("@vercel/request-context")];
  const { get } = Object(holder) as { readonly get?: unknown };
  if (typeof get !== "function") return undefined;
  const { headers } = Object(get.call(holder)) as { readonly headers?: unknown };
  const token = (Object(headers) as Readonly<Record<string, unknown>>)["x-vercel-oidc-token"];
  return typeof token === "string" && token !== "" ? token : undefined;
}
