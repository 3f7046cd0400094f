import { type ObjectOf, object, optional, wholeNumber } from "../engine/check.ts";

export const accessTokenSeed = object({
  /**
   * The lifetime in seconds; 0 means as long as the server allows.
   *
   * @defaultValue 2592000 (30 days)
   */
  accessTokenTTL: optional(wholeNumber),
  /**
   * How long after the login a token can be renewed, in seconds; 0 means forever.
   *
   * @defaultValue 2592000 (30 days)
   */
  accessTokenMaxTTL: optional(wholeNumber),
  /**
   * How many requests a token can be used for; 0 means any number.
   *
   * @defaultValue 0
   */
  accessTokenNumUsesLimit: optional(wholeNumber),
  /**
   * The lifetime in seconds of a periodic token, which can be renewed forever; 0 means not periodic.
   *
   * @defaultValue 0
   */
  accessTokenPeriod: optional(wholeNumber),
});

/** Lifetimes of the access tokens of an auth method. */
export interface AccessTokenSeed extends ObjectOf<typeof accessTokenSeed.fields> {}
