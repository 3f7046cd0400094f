import { type ApiResponse, type HttpClient, type HttpRequest, optionError } from "@infisical/core";
import type { ConditionalListSecretsResponse, ListSecretsResponse } from "./results.ts";

/** Sends a list that the server need not answer in full if it still has that etag. */
export async function listIfModified(
  http: HttpClient,
  request: HttpRequest,
  ifNoneMatch: unknown,
): Promise<ConditionalListSecretsResponse> {
  const known = checkEtag(ifNoneMatch);
  const headers = known === undefined ? undefined : { "if-none-match": known };
  const reply = await http.request<ApiResponse<ListSecretsResponse>>({
    ...request,
    headers,
    fullReply: true,
  });
  const etag = reply.headers.get("etag") ?? undefined;
  if (known !== undefined && reply.status === 304) return { notModified: true, etag: etag ?? known };
  return { ...reply.body, notModified: false, etag };
}

function checkEtag(etag: unknown): string | undefined {
  if (etag === undefined) return undefined;
  if (typeof etag === "string" && /^[\x21-\x7e]+$/.test(etag)) return etag;
  throw optionError("ifNoneMatch", "must be the etag of an earlier reply, or undefined", etag);
}
