import { randomBytes } from "node:crypto";
import type { TestClock } from "../clock.ts";
import type { Call } from "../http/call.ts";
import type { HttpResponse } from "../http/http-response.ts";

/** The properties that the metadata service serves. */
export interface InstanceFacts {
  readonly region: string;
  readonly accountId: string;
  readonly clock: TestClock;
}

/** The longest lifetime of a session token, in seconds. */
const longestLife = 21_600;

/** Version 2 of the instance metadata service: every read requires a session token. */
export class MetadataService {
  readonly #facts: InstanceFacts;
  /** When each session token expires. */
  readonly #tokens = new Map<string, number>();

  constructor(facts: InstanceFacts) {
    this.#facts = facts;
  }

  answer({ method, path, headers }: Call): HttpResponse {
    if (path === "/latest/api/token") {
      if (method !== "PUT") return textResponse(405);
      // A request through a proxy does not come from the instance.
      if (headers["x-forwarded-for"] !== undefined) return textResponse(403);
      return this.#token(headers["x-aws-ec2-metadata-token-ttl-seconds"] ?? "");
    }
    const expiresAt = this.#tokens.get(headers["x-aws-ec2-metadata-token"] ?? "") ?? 0;
    if (this.#facts.clock.now() >= expiresAt) return textResponse(401);
    if (method !== "GET") return textResponse(405);
    if (path === "/latest/meta-data/placement/region") return textResponse(200, this.#facts.region);
    if (path === "/latest/dynamic/instance-identity/document") return textResponse(200, this.#document());
    return textResponse(404);
  }

  #token(lifetime: string): HttpResponse {
    const seconds = /^\d+$/.test(lifetime) ? Number(lifetime) : 0;
    if (seconds < 1 || seconds > longestLife) return textResponse(400);
    const token = randomBytes(40).toString("base64");
    this.#tokens.set(token, this.#facts.clock.now() + seconds * 1000);
    return textResponse(200, token, { "x-aws-ec2-metadata-token-ttl-seconds": lifetime });
  }

  #document(): string {
    const { region, accountId } = this.#facts;
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
    return JSON.stringify(document, null, 2);
  }
}

/** The service answers in plain text, even with its JSON document. */
function textResponse(status: number, body = "", headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: { "content-type": "text/plain", ...headers }, body };
}
