import type {
  DatabaseAddressInputs,
  GatewayInputs,
  PasswordRequirements,
  RenewableStatementInputs,
  TlsInputs,
} from "./shared.ts";

/** Inputs of `mongo-db`: users of MongoDB. */
export interface MongoDbInputs {
  /** The host, as the server reaches it. */
  readonly host: string;
  /** The port; omit it for SRV (`mongodb+srv`) hosts. */
  readonly port?: number | null | undefined;
  /** The admin user that the server connects as. */
  readonly username: string;
  /** That user's password. */
  readonly password: string;
  /** The database's name. */
  readonly database: string;
  /** The roles of each user, at least one. */
  readonly roles: readonly string[];
  /** The certificate authority to trust, as PEM. */
  readonly ca?: string | null | undefined;
  /**
   * Whether to reject a certificate that cannot be verified.
   *
   * @defaultValue true
   */
  readonly sslRejectUnauthorized?: boolean | undefined;
}

/** A role of a MongoDB Atlas user. */
export interface MongoAtlasRole {
  /** The database that the role applies to. */
  readonly databaseName: string;
  /** The role's name. */
  readonly roleName: string;
  /** The collection that the role applies to. */
  readonly collectionName?: string | undefined;
}

/** A cluster, data lake or stream that a MongoDB Atlas user can access. */
export interface MongoAtlasScope {
  /** Its name. */
  readonly name: string;
  /** Its type. */
  readonly type: "CLUSTER" | "DATA_LAKE" | "STREAM";
}

/** Inputs of `mongo-db-atlas`: database users of MongoDB Atlas. */
export interface MongoAtlasInputs {
  /** The public part of the API key that the server uses. */
  readonly adminPublicKey: string;
  /** The private part of that API key. */
  readonly adminPrivateKey: string;
  /** The project's id in Atlas. */
  readonly groupId: string;
  /** The roles of each user, at least one. */
  readonly roles: readonly MongoAtlasRole[];
  /** The clusters that each user can access; an empty list means all of them. */
  readonly scopes: readonly MongoAtlasScope[];
}

/** A bucket that a Couchbase user can access, or a part of it. */
export interface CouchbaseBucket {
  /** The bucket's name. */
  readonly name: string;
  /** The scopes to access; the whole bucket if omitted. */
  readonly scopes?:
    | readonly {
        /** The scope's name. */
        readonly name: string;
        /** The collections to access; the whole scope if omitted. */
        readonly collections?: readonly string[] | undefined;
      }[]
    | undefined;
}

/** Inputs of `couchbase`: database users of Couchbase Capella. */
export interface CouchbaseInputs {
  /** The URL of the management API. */
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
   * The buckets that each user can access: a list, or one name.
   *
   * @defaultValue "*"
   */
  readonly buckets?: string | readonly CouchbaseBucket[] | undefined;
  /** The credentials that the server creates users with. */
  readonly auth: {
    /** The key of the management API. */
    readonly apiKey: string;
  };
  /** The rules for generated passwords: 8 to 128 characters, at least one of each kind. */
  readonly passwordRequirements?: PasswordRequirements | undefined;
}

/** A Couchbase user and its password. */
export interface CouchbaseCredentials {
  /** The user's name. */
  readonly username: string;
  /** The user's password. */
  readonly password: string;
}

/** How the server authenticates with Elasticsearch. */
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
  /** The credentials that the server creates users with. */
  readonly auth: ElasticSearchAuth;
}

/** A privilege of a Milvus user. */
export interface MilvusPrivilege {
  /** The type of the object, such as `Collection`. */
  readonly objectType: string;
  /**
   * The name of the object.
   *
   * @defaultValue "*"
   */
  readonly objectName?: string | undefined;
  /** The privilege's name. */
  readonly privilege: string;
  /** The database that the privilege applies to. */
  readonly dbName?: string | undefined;
}

/** Inputs of `milvus`: users of Milvus. */
export interface MilvusInputs extends DatabaseAddressInputs, TlsInputs, GatewayInputs {
  /**
   * The database's name.
   *
   * @defaultValue "default"
   */
  readonly database?: string | undefined;
  /**
   * The privileges of each user.
   *
   * @defaultValue none
   */
  readonly privileges?: readonly MilvusPrivilege[] | undefined;
}

/** Inputs of `redis`: users of Redis. */
export interface RedisInputs extends RenewableStatementInputs, TlsInputs {
  /** The host, as the server reaches it. */
  readonly host: string;
  /** The port. */
  readonly port: number;
  /** The admin user that the server connects as, such as `"default"`. */
  readonly username: string;
  /** That user's password, if it has one. */
  readonly password?: string | undefined;
}

/** Inputs of `cassandra`: users of Apache Cassandra. */
export interface CassandraInputs extends DatabaseAddressInputs, RenewableStatementInputs, TlsInputs {
  /** The data center to connect to. */
  readonly localDataCenter: string;
  /** The keyspace, for statements that contain `{{keyspace}}`. */
  readonly keyspace?: string | undefined;
}
