/** Inputs of `azure-entra-id`: passwords of a user of Microsoft Entra ID. */
export interface AzureEntraIdInputs {
  /** The tenant's id. */
  readonly tenantId: string;
  /** The id of the user whose password is set. */
  readonly userId: string;
  /** That user's address. */
  readonly email: string;
  /** The id of the application that sets passwords. */
  readonly applicationId: string;
  /** The secret of that application. */
  readonly clientSecret: string;
}
