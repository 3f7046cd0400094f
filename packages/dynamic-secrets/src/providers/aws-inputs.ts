import type { StatementInputs } from "./common-inputs.ts";

/** A tag of an IAM user. */
export interface AwsIamTag {
  /** The tag's key. */
  readonly key: string;
  /** The tag's value. */
  readonly value: string;
}

interface AwsIamCommonInputs {
  /** The region of the calls to AWS. */
  readonly region: string;
  /**
   * What a lease gives: a new IAM user's key, or temporary credentials.
   *
   * @defaultValue "iam-user"
   */
  readonly credentialType?: "iam-user" | "temporary-credentials" | undefined;
  /** The path of the IAM users. */
  readonly awsPath?: string | undefined;
  /** The policy that bounds what the IAM users can be allowed. */
  readonly permissionBoundaryPolicyArn?: string | undefined;
  /** A policy for each IAM user, as JSON. */
  readonly policyDocument?: string | undefined;
  /** The groups that each IAM user joins, with commas between them. */
  readonly userGroups?: string | undefined;
  /** The policies that each IAM user gets, with commas between them. */
  readonly policyArns?: string | undefined;
  /** Tags of the IAM users. */
  readonly tags?: readonly AwsIamTag[] | undefined;
}

/** Inputs of `aws-iam` where the server uses an access key. */
export interface AwsIamAccessKeyInputs extends AwsIamCommonInputs {
  /**
   * How the server logs in at AWS.
   *
   * @defaultValue "access-key"
   */
  readonly method?: "access-key" | undefined;
  /** The access key. */
  readonly accessKey: string;
  /** The secret of that access key. */
  readonly secretAccessKey: string;
}

/** Inputs of `aws-iam` where the server assumes a role. */
export interface AwsIamAssumeRoleInputs extends AwsIamCommonInputs {
  /** How the server logs in at AWS. */
  readonly method: "assume-role";
  /** The role to assume. */
  readonly roleArn: string;
  /** Policies that narrow temporary credentials: up to 10, with commas between them. */
  readonly sessionPolicyArns?: string | undefined;
  /** A policy that narrows temporary credentials, as JSON of up to 2048 characters. */
  readonly sessionPolicyDocument?: string | undefined;
}

/** Inputs of `aws-iam` where the server runs in Kubernetes with a role of its own. */
export interface AwsIamIrsaInputs extends AwsIamCommonInputs {
  /** How the server logs in at AWS. */
  readonly method: "irsa";
}

/** Inputs of `aws-iam`: IAM users or temporary credentials of AWS. */
export type AwsIamInputs = AwsIamAccessKeyInputs | AwsIamAssumeRoleInputs | AwsIamIrsaInputs;

/** Inputs of `aws-elasticache`: users of AWS ElastiCache. */
export interface AwsElastiCacheInputs extends StatementInputs {
  /** The cluster's name. */
  readonly clusterName: string;
  /** The access key of who makes users. */
  readonly accessKeyId: string;
  /** The secret of that access key. */
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
  /** Who makes users. */
  readonly auth: {
    /** How the server logs in at AWS. */
    readonly type: "iam";
    /** The access key. */
    readonly accessKeyId: string;
    /** The secret of that access key. */
    readonly secretAccessKey: string;
  };
  /** The cluster's region. */
  readonly region: string;
}
