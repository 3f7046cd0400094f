import type { ApiResponse, HttpClient, HttpRequest } from "@infisical/core";
import { optionError } from "@infisical/core/authoring";
import type { ConditionalListSecretsResponse, ListSecretsResponse } from "./results.ts";

/** Sends a list that the server need not answer in full if its etag is still the same. */
export async function listIfChanged(
  http: HttpClient,
  request: HttpRequest,
  etag: string | undefined,
): Promise<ConditionalListSecretsResponse> {
  assertEtag(etag);
  const headers = etag === undefined ? undefined : { "if-none-match": etag };
  const response = await http.request<ApiResponse<ListSecretsResponse>>({
    ...request,
    headers,
    fullResponse: true,
  });
  const current = response.headers["etag"];
  if (etag !== undefined && response.status === 304) return { notModified: true, etag: current ?? etag };
  return { ...response.body, notModified: false, etag: current };
}

function assertEtag(etag: unknown): void {
  if (etag === undefined || (typeof etag === "string" && /^[\x21-\x7e]+$/.test(etag))) return;
  throw optionError("etag", "must be the etag of an earlier response, or undefined", etag);
}
