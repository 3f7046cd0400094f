import type { TlsInputs } from "./tls-inputs.ts";

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
