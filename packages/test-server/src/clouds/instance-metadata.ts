import type { Call, HttpResponse } from "../api/http.ts";
import { toBase64 } from "../engine/bytes.ts";
import { checked, type ObjectOf, object, optional, text } from "../engine/check.ts";
import { clockOptions, type TestClockOptions } from "../engine/clock.ts";
import { randomBytes } from "../engine/crypto.ts";
import type { ListenOptions } from "../engine/socket-server.ts";
import { type StandIn, StandInService } from "./stand-in.ts";

const instanceMetadataOptions = object({
  /**
   * The region it runs in.
   *
   * @defaultValue "us-east-1"
   */
  region: optional(text),
  /**
   * The account it belongs to.
   *
   * @defaultValue "123456789012"
   */
  accountId: optional(text),
  /**
   * The clock by which session tokens expire.
   *
   * @defaultValue the clock runs with real time
   */
  clock: optional<TestClockOptions>(clockOptions),
});

/**
 * The properties of a simulated EC2 instance.
 *
 * @example
 * import { createTestInstanceMetadata } from "@infisical/test-server/clouds";
 * const metadata = createTestInstanceMetadata({ accountId: "123456789012", clock: { frozen: true } });
 */
export interface TestInstanceMetadataOptions extends ObjectOf<typeof instanceMetadataOptions.fields> {}

/** The metadata service of a simulated EC2 instance (IMDSv2): session tokens, the region, the identity document. */
export interface TestInstanceMetadata extends StandIn {
  /**
   * Opens a port.
   *
   * @param options - Where to listen; by default any free port of the loopback interface.
   * @returns The address, for the variable `AWS_EC2_METADATA_SERVICE_ENDPOINT`.
   * @throws Error when the port is taken or the service is already listening.
   */
  listen(options?: ListenOptions): Promise<{
    /** The address. */
    endpoint: string;
  }>;
}

/**
 * Creates the metadata service of a simulated EC2 instance, for tests. It opens no port until `listen()` is called.
 *
 * @param options - The instance's properties.
 *
 * @example
 * import { createTestInstanceMetadata } from "@infisical/test-server/clouds";
 *
 * const metadata = createTestInstanceMetadata({ region: "eu-west-1" });
 * const { endpoint } = await metadata.listen();
 * process.env["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = endpoint;
 */
export function createTestInstanceMetadata(options: TestInstanceMetadataOptions = {}): TestInstanceMetadata {
  return new InstanceMetadata(checked("createTestInstanceMetadata()", instanceMetadataOptions, options));
}

class InstanceMetadata extends StandInService implements TestInstanceMetadata {
  constructor({ region = "us-east-1", accountId = "123456789012", clock }: TestInstanceMetadataOptions) {
    super("instance-metadata", clock, (now) => metadataService({ region, accountId, now }));
  }

  async listen(options: ListenOptions = {}): Promise<{ endpoint: string }> {
    return { endpoint: await this.open(options) };
  }
}

interface Instance {
  readonly region: string;
  readonly accountId: string;
  readonly now: () => number;
}

/** The longest lifetime of a session token, in seconds. */
const longestLife = 21_600;

/** Version 2 of the instance metadata service: every read requires a session token. */
function metadataService({ region, accountId, now }: Instance): (call: Call) => Promise<HttpResponse> {
  const expiries = new Map<string, number>();

  function issueToken(lifetime: string): HttpResponse {
    const seconds = /^\d+$/.test(lifetime) ? Number(lifetime) : 0;
    if (seconds < 1 || seconds > longestLife) return textResponse(400);
    const token = toBase64(randomBytes(40));
    expiries.set(token, now() + seconds * 1000);
    return textResponse(200, token, { "x-aws-ec2-metadata-token-ttl-seconds": lifetime });
  }

  return async ({ method, path, headers }) => {
    if (path === "/latest/api/token") {
      if (method !== "PUT") return textResponse(405);
      // A request through a proxy does not come from the instance.
      if (headers["x-forwarded-for"] !== undefined) return textResponse(403);
      return issueToken(headers["x-aws-ec2-metadata-token-ttl-seconds"] ?? "");
    }
    const expiresAt = expiries.get(headers["x-aws-ec2-metadata-token"] ?? "") ?? 0;
    if (now() >= expiresAt) return textResponse(401);
    if (method !== "GET") return textResponse(405);
    if (path === "/latest/meta-data/placement/region") return textResponse(200, region);
    if (path !== "/latest/dynamic/instance-identity/document") return textResponse(404);
    const document = {
      accountId,
      architecture: "x86_64",
      availabilityZone: `${region}a`,
      imageId: "ami-0123456789abcdef0",
      instanceId: "i-0123456789abcdef0",
      instanceType: "t3.micro",
      pendingTime: "2026-01-01T00:00:00Z",
      privateIp: "10.0.0.10",
      region,
      version: "2017-09-30",
    };
    return textResponse(200, JSON.stringify(document, null, 2));
  };
}

/** The service answers in plain text, even with its JSON document. */
function textResponse(status: number, body = "", headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: { "content-type": "text/plain", ...headers }, body };
}
