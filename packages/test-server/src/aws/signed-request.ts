/** A request that somebody signed for AWS, as it is to be sent. */
export interface SignedRequest {
  readonly method: string;
  /** Values by lower-case names. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** What the authorization of a signed request says. */
export interface Authorization {
  readonly accessKeyId: string;
  /** YYYYMMDD. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** AWS did not accept a request. The Infisical server does not pass on why. */
export class StsRefusal extends Error {
  override readonly name = "StsRefusal";
}

const form =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,\s]+), ?Signature=([\da-f]{64})$/;

/** Takes an `Authorization` header of Signature Version 4 apart. */
export function parseAuthorization(value: string): Authorization {
  const [, accessKeyId = "", date = "", region = "", service = "", signedHeaders = "", signature = ""] =
    form.exec(value) ?? [];
  if (signature === "") throw new StsRefusal("IncompleteSignature");
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(";"), signature };
}
