import type { LoginContext, TransportError } from "@infisical/core";
import { abortReason, onAbort, readVariable } from "@infisical/core/authoring";
import { readProfile } from "./files.ts";

/** What is needed of a login to ask the metadata service of the EC2 instance. */
export type MetadataContext = Pick<LoginContext, "transport" | "signal">;

/** Gets a text of the metadata service by its path. */
export type Metadata = (path: string) => Promise<string>;

/** How long each request may take, in milliseconds; off EC2 nobody answers. */
const timeout = 1000;

const endpoints: Readonly<Record<string, string>> = {
  ipv4: "http://169.254.169.254",
  ipv6: "http://[fd00:ec2::254]",
};

/** One login asks for a session token once, whatever it looks for. */
const sessions: WeakMap<MetadataContext, Promise<Metadata>> = new WeakMap();

/** Opens the metadata service for a login. Errors are parts of a sentence: they say why it is of no use. */
export function metadataOf(context: MetadataContext): Promise<Metadata> {
  const session = sessions.get(context) ?? openMetadata(context);
  sessions.set(context, session);
  return session;
}

/** Version 2, or version 1 where AWS's own SDK falls back to it: at every failure of the token request but a 400. */
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

/** AWS's own SDK takes every value but this one for a yes. */
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
    // A second token does no harm: both are good until they expire.
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
