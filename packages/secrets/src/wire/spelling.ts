import type { HttpRequest } from "@infisical/core";

/** The parameters of a query. */
export type Query = NonNullable<HttpRequest["query"]>;

/** The methods that write. */
export type WriteMethod = "POST" | "PATCH" | "DELETE";

/** What the two versions of the API call the same things. */
export interface Spelling {
  /** The path of all secrets. */
  readonly listPath: string;
  /** The path of one secret. */
  onePath(secretName: string): string;
  /** The path of one secret for a write. */
  writePath(method: WriteMethod, secretName: string): string;
  /** The path of batches. */
  readonly batchPath: string;
  /** The project's field. */
  project(projectId: string): { readonly [field: string]: string };
  /** The flag that asks for imports. */
  imports(include: boolean): Query;
  /** The flag that asks for personal secrets in the place of shared ones. */
  personalOverrides(include: boolean): Query;
}
