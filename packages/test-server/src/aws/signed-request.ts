/** A request signed for AWS, ready to be sent. */
export interface SignedRequest {
  readonly method: string;
  /** Values by lower-case names. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** The parts of a signed request's `Authorization` header. */
export interface Authorization {
  readonly accessKeyId: string;
  /** YYYYMMDD. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** AWS did not accept a request. The Infisical server does not pass on the reason. */
export class StsError extends Error {
  override readonly name = "StsError";
}

const form =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,\s]+), ?Signature=([\da-f]{64})$/;

/** Parses an `Authorization` header of Signature Version 4. */
export function parseAuthorization(value: string): Authorization {
  const [, accessKeyId = "", date = "", region = "", service = "", signedHeaders = "", signature = ""] =
    form.exec(value) ?? [];
  if (signature === "") throw new StsError("IncompleteSignature");
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(";"), signature };
}
