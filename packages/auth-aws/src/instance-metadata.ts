import type { AwsCredentials } from "./aws-credentials.ts";
import { type MetadataContext, metadataOf } from "./metadata-session.ts";
import { checkRegion } from "./region.ts";

const rolePath = "/latest/meta-data/iam/security-credentials/";

/** Asks the metadata service of the EC2 instance for the region. Errors are parts of a sentence. */
export async function instanceRegion(context: MetadataContext): Promise<string> {
  const metadata = await metadataOf(context);
  const document = await metadata("/latest/dynamic/instance-identity/document");
  const { region } = parse(document, "the identity document");
  return checkRegion("The region of the EC2 instance's metadata", region);
}

/** Asks it for the temporary credentials of the instance's role. Errors are parts of a sentence. */
export async function instanceCredentials(context: MetadataContext): Promise<AwsCredentials> {
  const metadata = await metadataOf(context);
  const [role = ""] = (await metadata(rolePath)).trim().split("\n", 1);
  const fields = parse(await metadata(rolePath + encodeURIComponent(role)), "the role's document");
  const { AccessKeyId, SecretAccessKey, Token, Expiration } = fields;
  if (!AccessKeyId || !SecretAccessKey || !Token) throw new Error("the role's document holds no credentials");
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: Token,
    expiration: Expiration === undefined ? undefined : new Date(Expiration),
  };
}

function parse(text: string, what: string): Readonly<Record<string, string | undefined>> {
  try {
    return Object(JSON.parse(text));
  } catch {
    // The parser's own message would repeat parts of the text, which holds keys.
    throw new Error(`${what} is not valid JSON`);
  }
}
