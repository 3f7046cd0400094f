/** Inputs of `totp` where the address says everything. */
export interface TotpUrlInputs {
  /** Where the settings come from. */
  readonly configType: "url";
  /** An `otpauth://` address with a `secret`. */
  readonly url: string;
}

/** Inputs of `totp` where the settings are given one by one. */
export interface TotpManualInputs {
  /** Where the settings come from. */
  readonly configType: "manual";
  /** The shared secret, in base 32. */
  readonly secret: string;
  /** How long a code is good, in seconds. */
  readonly period?: number | undefined;
  /** The hash. */
  readonly algorithm?: "sha1" | "sha256" | "sha512" | undefined;
  /** The number of digits. */
  readonly digits?: number | undefined;
}

/** Inputs of `totp`: one-time codes. */
export type TotpInputs = TotpUrlInputs | TotpManualInputs;
