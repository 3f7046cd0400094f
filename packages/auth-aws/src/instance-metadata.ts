import { readVariable } from "./environment.ts";
import { checkRegion, noRegion } from "./region.ts";

/** How long each of the two requests may take, in milliseconds; off EC2 nobody answers. */
const timeout = 1000;

/** Asks the metadata service of the EC2 instance for the region (IMDSv2). */
export async function instanceRegion(signal: AbortSignal | undefined): Promise<string> {
  if (readVariable("AWS_EC2_METADATA_DISABLED")?.toLowerCase() === "true") {
    throw noRegion(["EC2 instance metadata (switched off by AWS_EC2_METADATA_DISABLED)"]);
  }
  const endpoint = readVariable("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? "http://169.254.169.254";
  let region: unknown;
  try {
    const token = await ask(new URL("/latest/api/token", endpoint), {
      signal,
      method: "PUT",
      headers: { "X-aws-ec2-metadata-token-ttl-seconds": "21600" },
    });
    const document = await ask(new URL("/latest/dynamic/instance-identity/document", endpoint), {
      signal,
      headers: { "X-aws-ec2-metadata-token": token },
    });
    ({ region } = JSON.parse(document));
  } catch (error) {
    signal?.throwIfAborted();
    throw noRegion([`EC2 instance metadata (${reasonOf(error)})`]);
  }
  return checkRegion("The region of the EC2 instance's metadata", region);
}

interface Question {
  readonly signal: AbortSignal | undefined;
  readonly method?: string;
  readonly headers: Record<string, string>;
}

async function ask(url: URL, { signal, ...init }: Question): Promise<string> {
  const limits = [AbortSignal.timeout(timeout), ...(signal ? [signal] : [])];
  const response = await fetch(url, { ...init, redirect: "error", signal: AbortSignal.any(limits) });
  if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}`);
  return response.text();
}

function reasonOf(error: unknown): string {
  const { name, message, cause } = error as { name?: string; message?: string; cause?: { message?: string } };
  if (name === "TimeoutError") return `no answer within ${timeout} ms`;
  if (name === "SyntaxError") return "the identity document is no JSON";
  return cause?.message || message || "it cannot be reached";
}
