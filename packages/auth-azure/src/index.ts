export { type AzureAuthOptions, azureAuth } from "./azure-auth.ts";
