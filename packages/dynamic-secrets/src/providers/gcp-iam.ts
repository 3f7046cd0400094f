/** Inputs of `gcp-iam`: access tokens of a Google Cloud service account. */
export interface GcpIamInputs {
  /** The service account's address, up to 128 characters. */
  readonly serviceAccountEmail: string;
  /**
   * What the tokens are good for, at least one scope.
   *
   * @defaultValue the scopes of IAM and of the whole platform
   */
  readonly tokenScopes?: readonly string[] | undefined;
}
