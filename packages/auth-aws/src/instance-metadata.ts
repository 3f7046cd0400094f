import type { LoginContext, TransportError } from "@infisical/core";
import { abortReason, onAbort, readVariable } from "@infisical/core/authoring";
import type { AwsCredentials } from "./options.ts";
import { readProfile } from "./profile.ts";
import { parseRegion } from "./region.ts";

const rolePath = "/latest/meta-data/iam/security-credentials/";

/** Gets the region from the metadata service of the EC2 instance. Errors are parts of a sentence. */
export async function instanceRegion(context: MetadataContext): Promise<string> {
  const metadata = await metadataOf(context);
  const document = await metadata("/latest/dynamic/instance-identity/document");
  const { region } = parse(document, "the identity document");
  return parseRegion("The region of the EC2 instance's metadata", region);
}

/** Gets the temporary credentials of the EC2 instance's role. Errors are parts of a sentence. */
export async function instanceCredentials(context: MetadataContext): Promise<AwsCredentials> {
  const metadata = await metadataOf(context);
  const [role = ""] = (await metadata(rolePath)).trim().split("\n", 1);
  const fields = parse(await metadata(rolePath + encodeURIComponent(role)), "the role's document");
  const { AccessKeyId, SecretAccessKey, Token, Expiration } = fields;
  if (!AccessKeyId || !SecretAccessKey || !Token)
    throw new Error("the role's document contains no credentials");
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
    // The parser's own message would repeat parts of the text, which contains keys.
    throw new Error(`${what} is not valid JSON`);
  }
}

/** The parts of a login that requests to the metadata service need. */
export type MetadataContext = Pick<LoginContext, "transport" | "signal">;

/** Gets a text from the metadata service by its path. */
export type Metadata = (path: string) => Promise<string>;

/** The time limit of each request, in milliseconds; outside EC2 nobody answers. */
const timeout = 1000;

const endpoints: Readonly<Record<string, string>> = {
  ipv4: "http://169.254.169.254",
  ipv6: "http://[fd00:ec2::254]",
};

/** Each login requests one session token, whatever it looks for. */
const sessions: WeakMap<MetadataContext, Promise<Metadata>> = new WeakMap();

/** Opens the metadata service for a login. Errors are parts of a sentence that say why it cannot be used. */
export function metadataOf(context: MetadataContext): Promise<Metadata> {
  const session = sessions.get(context) ?? openMetadata(context);
  sessions.set(context, session);
  return session;
}

/** Uses version 2, or version 1 where AWS's own SDK falls back to it: if the token request fails, except with 400. */
async function openMetadata(context: MetadataContext): Promise<Metadata> {
  if (isOn(readVariable("AWS_EC2_METADATA_DISABLED"))) {
    throw new Error("switched off by AWS_EC2_METADATA_DISABLED");
  }
  const profile = readProfile();
  const setting: Setting = (name) => readVariable(`AWS_${name}`) ?? profile.get(name.toLowerCase());
  const endpoint = endpointOf(setting);
  const ask = (path: string, headers: Readonly<Record<string, string>>, method: "GET" | "PUT" = "GET") =>
    exchange(context, { method, url: new URL(path, endpoint), headers });
  try {
    const lifetime = { "x-aws-ec2-metadata-token-ttl-seconds": "21600" };
    const token = await ask("/latest/api/token", lifetime, "PUT");
    return (path) => ask(path, { "x-aws-ec2-metadata-token": token });
  } catch (error) {
    const failure = error as MetadataError;
    if (context.signal?.aborted || failure.status === 400) throw error;
    const reason = failure.isTimeout ? `${failure.message}${hopLimit}` : failure.message;
    if (isOn(setting("EC2_METADATA_V1_DISABLED"))) {
      throw new Error(`${reason}; version 1 is switched off by AWS_EC2_METADATA_V1_DISABLED`);
    }
    return async (path) => {
      try {
        return await ask(path, {});
      } catch (second) {
        if (context.signal?.aborted) throw second;
        throw new Error(`${reason}; without a token, ${(second as Error).message}`);
      }
    };
  }
}

const hopLimit = "; in a container, the hop limit of the instance's metadata must be at least 2";

type Setting = (name: string) => string | undefined;

function endpointOf(setting: Setting): string {
  const given = setting("EC2_METADATA_SERVICE_ENDPOINT");
  const mode = setting("EC2_METADATA_SERVICE_ENDPOINT_MODE") ?? "IPv4";
  const endpoint = given ?? endpoints[mode.toLowerCase()];
  if (endpoint === undefined) throw new Error("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE must be IPv4 or IPv6");
  if (!/^https?:\/\/[^/]/.test(endpoint)) throw new Error("AWS_EC2_METADATA_SERVICE_ENDPOINT must be a URL");
  return endpoint;
}

/** AWS's own SDK treats every value except this one as true. */
function isOn(value: string | undefined): boolean {
  return value !== undefined && value.toLowerCase() !== "false";
}

class MetadataError extends Error {
  readonly status: number | undefined;
  readonly isTimeout: boolean;

  constructor(message: string, { status, isTimeout = false }: { status?: number; isTimeout?: boolean } = {}) {
    super(message);
    this.status = status;
    this.isTimeout = isTimeout;
  }
}

interface MetadataRequest {
  readonly method: "GET" | "PUT";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

async function exchange(
  { transport, signal }: MetadataContext,
  { method, url, headers }: MetadataRequest,
): Promise<string> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, timeout);
  const forget = onAbort(signal, abort);
  try {
    // Idempotent: a second token does no harm, both are valid until they expire.
    const request = { method, url: url.href, headers, idempotent: true, signal: controller.signal };
    const { status, body } = await transport(request);
    if (status === 200) return body;
    throw new MetadataError(`${url.pathname} answered ${status}`, { status });
  } catch (error) {
    if (signal?.aborted) throw abortReason(signal);
    if (error instanceof MetadataError) throw error;
    const { code, message } = error as Partial<TransportError>;
    if (code !== "ABORTED") throw new MetadataError(message || "it cannot be reached");
    throw new MetadataError(`no response within ${timeout} ms`, { isTimeout: true });
  } finally {
    clearTimeout(timer);
    forget();
  }
}
