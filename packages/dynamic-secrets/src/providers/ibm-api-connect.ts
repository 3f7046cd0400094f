import type { GatewayInputs } from "./gateway-inputs.ts";

/** Inputs of `ibm-api-connect`: client credentials of IBM API Connect. */
export interface IbmApiConnectInputs extends GatewayInputs {
  /** The client id of who makes credentials. */
  readonly clientId: string;
  /** The secret of that client. */
  readonly clientSecret: string;
  /** The address of the instance. */
  readonly instanceUrl: string;
  /** The key of its API. */
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
