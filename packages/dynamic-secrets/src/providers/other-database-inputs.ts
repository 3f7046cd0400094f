import type {
  DatabaseAddressInputs,
  GatewayInputs,
  PasswordRequirements,
  RenewableStatementInputs,
  TlsInputs,
} from "./common-inputs.ts";

/** Inputs of `mongo-db`: users of MongoDB. */
export interface MongoDbInputs {
  /** The host, as the server reaches it. */
  readonly host: string;
  /** The port; leave it out where DNS says it. */
  readonly port?: number | null | undefined;
  /** The user who makes users. */
  readonly username: string;
  /** That user's password. */
  readonly password: string;
  /** The database. */
  readonly database: string;
  /** The roles of each user, at least one. */
  readonly roles: readonly string[];
  /** The certificate authority to trust, as PEM. */
  readonly ca?: string | null | undefined;
  /**
   * Whether a certificate that cannot be checked is refused.
   *
   * @defaultValue true
   */
  readonly sslRejectUnauthorized?: boolean | undefined;
}

/** A role of a MongoDB Atlas user. */
export interface MongoAtlasRole {
  /** The database it holds in. */
  readonly databaseName: string;
  /** Its name. */
  readonly roleName: string;
  /** The collection it holds for. */
  readonly collectionName?: string | undefined;
}

/** A cluster or data lake that a MongoDB Atlas user may use. */
export interface MongoAtlasScope {
  /** Its name. */
  readonly name: string;
  /** What it is. */
  readonly type: "CLUSTER" | "DATA_LAKE" | "STREAM";
}

/** Inputs of `mongo-db-atlas`: database users of MongoDB Atlas. */
export interface MongoAtlasInputs {
  /** The public part of the API key of who makes users. */
  readonly adminPublicKey: string;
  /** The private part of that API key. */
  readonly adminPrivateKey: string;
  /** The project's id in Atlas. */
  readonly groupId: string;
  /** The roles of each user, at least one. */
  readonly roles: readonly MongoAtlasRole[];
  /** What each user may use; an empty list means everything. */
  readonly scopes: readonly MongoAtlasScope[];
}

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

/** How the server logs in at Elasticsearch to make users. */
export type ElasticSearchAuth =
  | {
      /** With a user. */
      readonly type: "user";
      /** The user's name. */
      readonly username: string;
      /** The user's password. */
      readonly password: string;
    }
  | {
      /** With an API key. */
      readonly type: "api-key";
      /** The key. */
      readonly apiKey: string;
      /** The key's id. */
      readonly apiKeyId: string;
    };

/** Inputs of `elastic-search`: users of Elasticsearch. */
export interface ElasticSearchInputs extends TlsInputs {
  /** The host, as the server reaches it. */
  readonly host: string;
  /** The port. */
  readonly port: number;
  /** The roles of each user, at least one. */
  readonly roles: readonly string[];
  /** Who makes users. */
  readonly auth: ElasticSearchAuth;
}

/** What a Milvus user may do. */
export interface MilvusPrivilege {
  /** The kind of what it may be done to, such as `Collection`. */
  readonly objectType: string;
  /**
   * The name of what it may be done to.
   *
   * @defaultValue "*"
   */
  readonly objectName?: string | undefined;
  /** What may be done. */
  readonly privilege: string;
  /** The database it holds in. */
  readonly dbName?: string | undefined;
}

/** Inputs of `milvus`: users of Milvus. */
export interface MilvusInputs extends DatabaseAddressInputs, TlsInputs, GatewayInputs {
  /**
   * The database.
   *
   * @defaultValue "default"
   */
  readonly database?: string | undefined;
  /**
   * What each user may do.
   *
   * @defaultValue nothing
   */
  readonly privileges?: readonly MilvusPrivilege[] | undefined;
}

/** Inputs of `cassandra`: users of Apache Cassandra. */
export interface CassandraInputs extends DatabaseAddressInputs, RenewableStatementInputs, TlsInputs {
  /** The data center to connect to. */
  readonly localDataCenter: string;
  /** The keyspace, for statements that name `{{keyspace}}`. */
  readonly keyspace?: string | undefined;
}
