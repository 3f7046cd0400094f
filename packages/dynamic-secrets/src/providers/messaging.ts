import type { DatabaseAddressInputs, TlsInputs } from "./shared.ts";

/** Inputs of `rabbit-mq`: users of RabbitMQ, created through its management API. */
export interface RabbitMqInputs extends DatabaseAddressInputs, TlsInputs {
  /**
   * The tags of each user.
   *
   * @defaultValue none
   */
  readonly tags?: readonly string[] | undefined;
  /** The virtual host that each user can access. */
  readonly virtualHost: {
    /** The virtual host's name. */
    readonly name: string;
    /** For each permission, a regular expression of the resource names that it applies to. */
    readonly permissions: {
      /** Resources to read from. */
      readonly read: string;
      /** Resources to write to. */
      readonly write: string;
      /** Resources to create and delete. */
      readonly configure: string;
    };
  };
}

/** A broker to connect to first. */
export interface KafkaBootstrapServer {
  /** The host, as the server reaches it. */
  readonly host: string;
  /** The port. */
  readonly port: number;
}

/** An access rule for the Kafka users. */
export interface KafkaAcl {
  /** The type of the resource. */
  readonly resourceType: "TOPIC" | "GROUP" | "CLUSTER" | "TRANSACTIONAL_ID";
  /**
   * Whether `resourceName` is a whole name or the beginning of one.
   *
   * @defaultValue "LITERAL"
   */
  readonly patternType?: "LITERAL" | "PREFIXED" | undefined;
  /** The name of the resource. */
  readonly resourceName: string;
  /** The operation that the rule allows or denies. */
  readonly operation:
    | "ALL"
    | "READ"
    | "WRITE"
    | "CREATE"
    | "DELETE"
    | "ALTER"
    | "DESCRIBE"
    | "DESCRIBE_CONFIGS"
    | "ALTER_CONFIGS"
    | "IDEMPOTENT_WRITE";
  /**
   * Whether the rule allows or denies the operation.
   *
   * @defaultValue "ALLOW"
   */
  readonly permissionType?: "ALLOW" | "DENY" | undefined;
}

/** Inputs of `kafka`: users of Apache Kafka. */
export interface KafkaInputs {
  /** The brokers to connect to first, at least one. */
  readonly bootstrapServers: readonly KafkaBootstrapServer[];
  /** The SASL mechanism of the server and of the users. */
  readonly saslMechanism: "PLAIN" | "SCRAM-SHA-256" | "SCRAM-SHA-512";
  /** The admin user that the server connects as. */
  readonly username: string;
  /** That user's password. */
  readonly password: string;
  /** The access rules for each user, at least one. */
  readonly acls: readonly KafkaAcl[];
  /**
   * Whether the connection is encrypted.
   *
   * @defaultValue false
   */
  readonly sslEnabled?: boolean | undefined;
  /** The certificate authority to trust, as PEM. */
  readonly ca?: string | undefined;
  /**
   * Whether to reject a certificate that cannot be verified.
   *
   * @defaultValue true
   */
  readonly sslRejectUnauthorized?: boolean | undefined;
}
