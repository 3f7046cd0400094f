import type { StatementInputs } from "./statement-inputs.ts";

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
