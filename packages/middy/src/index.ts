export type { FetchData, FetchedValue, FetchedValues, FolderSource, SecretSource } from "./fetch-data.ts";
export { infisical } from "./infisical.ts";
export type { InfisicalMiddleware, LambdaContext, MiddyRequest } from "./middleware.ts";
export type { InfisicalMiddlewareOptions, SecretsClient } from "./options.ts";
