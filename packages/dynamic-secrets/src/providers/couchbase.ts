import type { PasswordRequirements } from "./password-requirements.ts";

/** A bucket that a Couchbase user may use, or a part of it. */
export interface CouchbaseBucket {
  /** The bucket's name. */
  readonly name: string;
  /** Its scopes; without them the whole bucket. */
  readonly scopes?:
    | readonly {
        /** The scope's name. */
        readonly name: string;
        /** Its collections; without them the whole scope. */
        readonly collections?: readonly string[] | undefined;
      }[]
    | undefined;
}

/** Inputs of `couchbase`: database users of Couchbase Capella. */
export interface CouchbaseInputs {
  /** The address of the management API. */
  readonly url: string;
  /** The organization's id. */
  readonly orgId: string;
  /** The project's id. */
  readonly projectId: string;
  /** The cluster's id. */
  readonly clusterId: string;
  /** The roles of each user, at least one. */
  readonly roles: readonly string[];
  /**
   * What each user may use: buckets, or a name.
   *
   * @defaultValue "*"
   */
  readonly buckets?: string | readonly CouchbaseBucket[] | undefined;
  /** Who makes users. */
  readonly auth: {
    /** The key of the management API. */
    readonly apiKey: string;
  };
  /** What generated passwords are made of: 8 to 128 characters, at least one of each kind. */
  readonly passwordRequirements?: PasswordRequirements | undefined;
}
