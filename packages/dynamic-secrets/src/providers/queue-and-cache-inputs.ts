import type { DatabaseAddressInputs, RenewableStatementInputs, TlsInputs } from "./common-inputs.ts";

/** Inputs of `redis`: users of Redis. */
export interface RedisInputs extends RenewableStatementInputs, TlsInputs {
  /** The host, as the server reaches it. */
  readonly host: string;
  /** The port. */
  readonly port: number;
  /** The user who makes users; `"default"` where there is no other. */
  readonly username: string;
  /** That user's password, if it has one. */
  readonly password?: string | undefined;
}

/** Inputs of `rabbit-mq`: users of RabbitMQ, made through its management API. */
export interface RabbitMqInputs extends DatabaseAddressInputs, TlsInputs {
  /**
   * The tags of each user.
   *
   * @defaultValue none
   */
  readonly tags?: readonly string[] | undefined;
  /** What each user may do. */
  readonly virtualHost: {
    /** The virtual host's name. */
    readonly name: string;
    /** Patterns of the names that each permission holds for. */
    readonly permissions: {
      /** What may be read from. */
      readonly read: string;
      /** What may be written to. */
      readonly write: string;
      /** What may be made and removed. */
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

/** One rule of what a Kafka user may do. */
export interface KafkaAcl {
  /** The kind of what the rule is about. */
  readonly resourceType: "TOPIC" | "GROUP" | "CLUSTER" | "TRANSACTIONAL_ID";
  /**
   * Whether `resourceName` is a whole name or the beginning of one.
   *
   * @defaultValue "LITERAL"
   */
  readonly patternType?: "LITERAL" | "PREFIXED" | undefined;
  /** The name of what the rule is about. */
  readonly resourceName: string;
  /** What is done. */
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
   * Whether it is allowed.
   *
   * @defaultValue "ALLOW"
   */
  readonly permissionType?: "ALLOW" | "DENY" | undefined;
}

/** Inputs of `kafka`: users of Apache Kafka. */
export interface KafkaInputs {
  /** The brokers to connect to first, at least one. */
  readonly bootstrapServers: readonly KafkaBootstrapServer[];
  /** How the server and the users log in. */
  readonly saslMechanism: "PLAIN" | "SCRAM-SHA-256" | "SCRAM-SHA-512";
  /** The user who makes users. */
  readonly username: string;
  /** That user's password. */
  readonly password: string;
  /** What each user may do, at least one rule. */
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
   * Whether a certificate that cannot be checked is refused.
   *
   * @defaultValue true
   */
  readonly sslRejectUnauthorized?: boolean | undefined;
}
