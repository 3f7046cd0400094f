import { checked, type ObjectOf, object, optional, url } from "../engine/check.ts";
import { clockOptions, type TestClockOptions } from "../engine/clock.ts";
import type { ListenOptions } from "../engine/socket-server.ts";
import { type StandIn, StandInService } from "./stand-in.ts";
import {
  ClockedIssuer,
  type IssueTokenOptions,
  type JsonWebKeySet,
  jwksPath,
  type TokenClaims,
  type TokenIssuer,
} from "./token-issuer.ts";

const tokenIssuerOptions = object({
  /**
   * The `iss` of its tokens: a URL.
   *
   * @defaultValue the address at which it listens; `https://issuer.test` before it does
   */
  issuer: optional(url),
  /**
   * The clock by which its tokens expire.
   *
   * @defaultValue the clock runs with real time
   */
  clock: optional<TestClockOptions>(clockOptions),
});

/**
 * The properties of a stand-in for an OpenID Connect issuer.
 *
 * @example
 * import { createTestTokenIssuer } from "@infisical/test-server/clouds";
 * const issuer = createTestTokenIssuer({ issuer: "https://issuer.example.com", clock: { frozen: true } });
 */
export interface TestTokenIssuerOptions extends ObjectOf<typeof tokenIssuerOptions.fields> {}

/** A stand-in for an OpenID Connect issuer: it issues tokens, and serves its discovery document and its JWKS. */
export interface TestTokenIssuer extends TokenIssuer, StandIn {
  /**
   * Opens a port.
   *
   * @param options - Where to listen; by default any free port of the loopback interface.
   * @returns The addresses, as the seed of a test server accepts them.
   * @throws Error when the port is taken or the issuer is already listening.
   */
  listen(options?: ListenOptions): Promise<{
    /** The address before `/.well-known/openid-configuration`. */
    oidcDiscoveryUrl: string;
    /** The address of the JWKS. */
    jwksUrl: string;
  }>;
}

/**
 * Creates a stand-in for an OpenID Connect issuer, for tests. It opens no port until `listen()` is called.
 *
 * @param options - The issuer's name and its clock.
 * @returns The issuer.
 * @throws TypeError when an option is unknown or not valid; the message names it.
 *
 * @example
 * import { createTestTokenIssuer } from "@infisical/test-server/clouds";
 *
 * const issuer = createTestTokenIssuer();
 * const { oidcDiscoveryUrl } = await issuer.listen();
 * const token = await issuer.issueToken({ sub: "job:deploy", aud: "infisical" }, { expiresIn: 60 });
 * console.log(oidcDiscoveryUrl === issuer.issuer, token.split(".").length); // true 3
 * await issuer.close();
 */
export function createTestTokenIssuer(options: TestTokenIssuerOptions = {}): TestTokenIssuer {
  return new ListeningIssuer(checked("createTestTokenIssuer()", tokenIssuerOptions, options));
}

class ListeningIssuer extends StandInService implements TestTokenIssuer {
  readonly #tokens: ClockedIssuer;
  #address = "https://issuer.test";

  constructor({ issuer, clock }: TestTokenIssuerOptions) {
    super("token-issuer", clock, () => (call) => this.#tokens.answer(call));
    this.#tokens = new ClockedIssuer(
      () => issuer ?? this.#address,
      () => this.clock.now(),
    );
  }

  get issuer(): string {
    return this.#tokens.issuer;
  }

  async listen(options: ListenOptions = {}): Promise<{ oidcDiscoveryUrl: string; jwksUrl: string }> {
    this.#address = await this.open(options);
    return { oidcDiscoveryUrl: this.#address, jwksUrl: this.#address + jwksPath };
  }

  issueToken(claims?: TokenClaims, options?: IssueTokenOptions): Promise<string> {
    return this.#tokens.issueToken(claims, options);
  }

  rotateKeys(): Promise<void> {
    return this.#tokens.rotateKeys();
  }

  jwks(): Promise<JsonWebKeySet> {
    return this.#tokens.jwks();
  }

  publicKeys(): Promise<string[]> {
    return this.#tokens.publicKeys();
  }
}
