import type { LoginContext, TransportError } from "@infisical/core";
import { readVariable } from "@infisical/core/authoring";
import { checkRegion, noRegion } from "./region.ts";

/** How long each of the two requests may take, in milliseconds; off EC2 nobody answers. */
const timeout = 1000;

/** Asks the metadata service of the EC2 instance for the region (IMDSv2). */
export async function instanceRegion(context: Pick<LoginContext, "transport" | "signal">): Promise<string> {
  if (readVariable("AWS_EC2_METADATA_DISABLED")?.toLowerCase() === "true") {
    throw noRegion(["EC2 instance metadata (switched off by AWS_EC2_METADATA_DISABLED)"]);
  }
  const endpoint = readVariable("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? "http://169.254.169.254";
  let region: unknown;
  try {
    const token = await ask(context, new URL("/latest/api/token", endpoint), "PUT", {
      "x-aws-ec2-metadata-token-ttl-seconds": "21600",
    });
    const document = await ask(
      context,
      new URL("/latest/dynamic/instance-identity/document", endpoint),
      "GET",
      {
        "x-aws-ec2-metadata-token": token,
      },
    );
    ({ region } = JSON.parse(document));
  } catch (error) {
    context.signal?.throwIfAborted();
    throw noRegion([`EC2 instance metadata (${reasonOf(error)})`]);
  }
  return checkRegion("The region of the EC2 instance's metadata", region);
}

async function ask(
  { transport, signal }: Pick<LoginContext, "transport" | "signal">,
  url: URL,
  method: "GET" | "PUT",
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, timeout);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    // A second token does no harm: both are good until they expire.
    const request = { method, url: url.href, headers, idempotent: true, signal: controller.signal };
    const { status, body } = await transport(request);
    if (status !== 200) throw new Error(`${url.pathname} answered ${status}`);
    return body;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as Partial<TransportError>;
  if (code === "ABORTED") return `no response within ${timeout} ms`;
  if (error instanceof SyntaxError) return "the identity document is not valid JSON";
  return message || "it cannot be reached";
}
