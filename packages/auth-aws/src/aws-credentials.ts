/** AWS credentials, in the form that every AWS library gives them. */
export interface AwsCredentials {
  /** The access key's id. */
  readonly accessKeyId: string;
  /** The secret access key. */
  readonly secretAccessKey: string;
  /** The session token, which temporary credentials have. */
  readonly sessionToken?: string | undefined;
  /** When temporary credentials expire, where that is known. */
  readonly expiration?: Date | undefined;
}

/**
 * Gives AWS credentials; it is asked at every login.
 *
 * @returns The credentials.
 */
export type AwsCredentialsProvider = () => AwsCredentials | Promise<AwsCredentials>;
