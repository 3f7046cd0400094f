import type { GatewayInputs, StatementInputs } from "./shared.ts";

/** A tag of an IAM user. */
export interface AwsIamTag {
  /** The tag's key. */
  readonly key: string;
  /** The tag's value. */
  readonly value: string;
}

interface AwsIamCommonInputs {
  /** The AWS region to call. */
  readonly region: string;
  /**
   * What a lease issues: the access key of a new IAM user, or temporary credentials.
   *
   * @defaultValue "iam-user"
   */
  readonly credentialType?: "iam-user" | "temporary-credentials" | undefined;
  /** The path of the IAM users. */
  readonly awsPath?: string | undefined;
  /** The ARN of the policy that sets the permissions boundary of the IAM users. */
  readonly permissionBoundaryPolicyArn?: string | undefined;
  /** An inline policy for each IAM user, as JSON. */
  readonly policyDocument?: string | undefined;
  /** The groups that each IAM user joins, separated by commas. */
  readonly userGroups?: string | undefined;
  /** The ARNs of the policies that are attached to each IAM user, separated by commas. */
  readonly policyArns?: string | undefined;
  /** Tags of the IAM users. */
  readonly tags?: readonly AwsIamTag[] | undefined;
}

/** Inputs of `aws-iam` where the server uses an access key. */
export interface AwsIamAccessKeyInputs extends AwsIamCommonInputs {
  /**
   * How the server authenticates with AWS.
   *
   * @defaultValue "access-key"
   */
  readonly method?: "access-key" | undefined;
  /** The id of the access key. */
  readonly accessKey: string;
  /** The secret access key. */
  readonly secretAccessKey: string;
}

/** Inputs of `aws-iam` where the server assumes a role. */
export interface AwsIamAssumeRoleInputs extends AwsIamCommonInputs {
  /** How the server authenticates with AWS. */
  readonly method: "assume-role";
  /** The ARN of the role to assume. */
  readonly roleArn: string;
  /** The ARNs of up to 10 policies that restrict temporary credentials, separated by commas. */
  readonly sessionPolicyArns?: string | undefined;
  /** A policy that restricts temporary credentials, as JSON of up to 2048 characters. */
  readonly sessionPolicyDocument?: string | undefined;
}

/** Inputs of `aws-iam` where the server runs in Kubernetes with an IAM role of its own. */
export interface AwsIamIrsaInputs extends AwsIamCommonInputs {
  /** How the server authenticates with AWS. */
  readonly method: "irsa";
}

/** Inputs of `aws-iam`: IAM users or temporary credentials of AWS. */
export type AwsIamInputs = AwsIamAccessKeyInputs | AwsIamAssumeRoleInputs | AwsIamIrsaInputs;

/** An access key of AWS. */
export interface AwsIamCredentials {
  /** The id of the access key. */
  readonly ACCESS_KEY: string;
  /** The secret access key. */
  readonly SECRET_ACCESS_KEY: string;
  /** The IAM user's name; temporary credentials have none. */
  readonly USERNAME?: string;
  /** The session token of temporary credentials. */
  readonly SESSION_TOKEN?: string;
}

/** Inputs of `aws-elasticache`: users of AWS ElastiCache. */
export interface AwsElastiCacheInputs extends StatementInputs {
  /** The cluster's name. */
  readonly clusterName: string;
  /** The id of the access key that the server uses. */
  readonly accessKeyId: string;
  /** The secret access key. */
  readonly secretAccessKey: string;
  /** The cluster's region. */
  readonly region: string;
  /** The certificate authority to trust, as PEM; older servers only. */
  readonly ca?: string | undefined;
}

/** Inputs of `aws-memorydb`: users of AWS MemoryDB. */
export interface AwsMemoryDbInputs extends StatementInputs {
  /** The cluster's name. */
  readonly clusterName: string;
  /** The access key that the server uses. */
  readonly auth: {
    /** How the server authenticates with AWS. */
    readonly type: "iam";
    /** The id of the access key. */
    readonly accessKeyId: string;
    /** The secret access key. */
    readonly secretAccessKey: string;
  };
  /** The cluster's region. */
  readonly region: string;
}

/** Inputs of `azure-entra-id`: passwords of a Microsoft Entra ID user. */
export interface AzureEntraIdInputs {
  /** The tenant's id. */
  readonly tenantId: string;
  /** The id of the user whose password is set. */
  readonly userId: string;
  /** That user's email address. */
  readonly email: string;
  /** The id of the application that sets passwords. */
  readonly applicationId: string;
  /** The client secret of that application. */
  readonly clientSecret: string;
}

/** The password of a Microsoft Entra ID user. */
export interface AzureEntraIdCredentials {
  /** The user's email address, which is the login name. */
  readonly email: string;
  /** The user's new password. */
  readonly password: string;
}

/** Inputs of `gcp-iam`: access tokens of a Google Cloud service account. */
export interface GcpIamInputs {
  /** The service account's email address, up to 128 characters. */
  readonly serviceAccountEmail: string;
  /**
   * The scopes of the tokens, at least one.
   *
   * @defaultValue the scopes of IAM and of the whole platform
   */
  readonly tokenScopes?: readonly string[] | undefined;
}

/** An access token of a Google Cloud service account. */
export interface GcpIamCredentials {
  /** The service account's email address. */
  readonly SERVICE_ACCOUNT_EMAIL: string;
  /** The access token, for the header `Authorization: Bearer`. */
  readonly TOKEN: string;
}

/** Inputs of `ibm-api-connect`: client credentials of IBM API Connect. */
export interface IbmApiConnectInputs extends GatewayInputs {
  /** The id of the client that the server uses. */
  readonly clientId: string;
  /** The secret of that client. */
  readonly clientSecret: string;
  /** The URL of the instance. */
  readonly instanceUrl: string;
  /** The API key of the instance. */
  readonly apiKey: string;
  /** The provider organization's id. */
  readonly orgId: string;
  /** The catalog's id. */
  readonly catalogId: string;
  /** The consumer organization's id. */
  readonly consumerOrgId: string;
  /** The application's id. */
  readonly appId: string;
}

/** Client credentials of IBM API Connect. */
export interface IbmApiConnectCredentials {
  /** The client's id. */
  readonly CLIENT_ID: string;
  /** The client's secret. */
  readonly CLIENT_SECRET: string;
}
