/** Through which gateway the server reaches a private network; at most one of the two. */
export interface GatewayInputs {
  /** The gateway's id. */
  readonly gatewayId?: string | null | undefined;
  /** The id of a pool of gateways. */
  readonly gatewayPoolId?: string | null | undefined;
}
