/** Inputs of `github`: installation tokens of a GitHub App. */
export interface GitHubInputs {
  /** The app's id. */
  readonly appId: number;
  /** The installation's id. */
  readonly installationId: number;
  /** The app's private key, as PEM. */
  readonly privateKey: string;
}
