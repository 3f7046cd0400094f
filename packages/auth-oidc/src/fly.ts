import type { TokenSource, Transport } from "@infisical/core";
import { readVariable, requireText, requireUnquoted } from "@infisical/core/authoring";
import { tokenUnavailable } from "@infisical/core/logins";
import { optionsOf } from "./environment.ts";
import { requestToken } from "./request-token.ts";
import { socketTransport } from "./unix-socket.ts";

/**
 * What the token of a Fly Machine is issued for.
 *
 * @example
 * import { flyIo } from "@infisical/auth-oidc/fly";
 * const token = flyIo({ audience: "https://infisical.example.com", socketPath: "/.fly/api" });
 */
export interface FlyIoOptions {
  /**
   * The audience of the token, its claim `aud`.
   *
   * @defaultValue Fly's own: the URL of the organization, such as `https://fly.io/acme`
   */
  readonly audience?: string | undefined;
  /**
   * The path of the Unix socket of the Machines API. Only tests need another one.
   *
   * @defaultValue "/.fly/api"
   */
  readonly socketPath?: string | undefined;
}

const parse = optionsOf<FlyIoOptions>({ "audience?": requireUnquoted, "socketPath?": requireText });

/**
 * Requests the OpenID Connect token of a Fly Machine, over the Unix socket of the Machines API.
 *
 * It applies if `FLY_MACHINE_ID` or `FLY_APP_NAME` is set and the socket exists, as in every Machine. It needs a platform
 * with `node:http`: Node, Bun or Deno. The token lives about 10 minutes and is requested at every login.
 *
 * @param options - The audience, the organization's URL by default; checked here.
 * @returns A token source, for the option `token` of `oidcAuth` or `jwtAuth`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: an option is unknown or malformed.
 *
 * @example
 * import { oidcAuth } from "@infisical/auth-oidc";
 * import { flyIo } from "@infisical/auth-oidc/fly";
 * const auth = oidcAuth({ identityId: "id", token: flyIo({ audience: "https://infisical.example.com" }) });
 */
export function flyIo(options?: FlyIoOptions): TokenSource {
  const { audience, socketPath = "/.fly/api" } = parse(options);
  return async (context) => {
    if (readVariable("FLY_MACHINE_ID") === undefined && readVariable("FLY_APP_NAME") === undefined) {
      throw tokenUnavailable(
        "Neither FLY_MACHINE_ID nor FLY_APP_NAME is set: this program does not run in a Fly Machine.",
      );
    }
    const request = {
      platform: "Fly's Machines API",
      method: "POST",
      url: new URL("http://localhost/v1/tokens/oidc"),
      headers: { accept: "*/*" },
      body: audience === undefined ? {} : { aud: audience },
      advice: "Only a program in a Fly Machine gets a token.",
      silence: "Its socket is that of the Machine's init, which may still be starting.",
    } as const;
    const socket = await socketTransport(socketPath);
    const transport: Transport = async (sent) => {
      const response = await socket(sent);
      context.justIssued?.(Date.parse(response.headers["date"] ?? ""));
      return response;
    };
    return requestToken(request, { ...context, transport });
  };
}
