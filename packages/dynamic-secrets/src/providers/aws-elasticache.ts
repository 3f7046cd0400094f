import type { StatementInputs } from "./statement-inputs.ts";

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
