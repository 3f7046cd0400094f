import { createHmac } from "node:crypto";
import type { TestServer } from "../../src/index.ts";
import { login } from "../support/api.ts";

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const placeholder = /\{\{(CLIENT_ID|CLIENT_SECRET|ACCESS_TOKEN|JWT|USER_JWT):([\w-]+)\}\}/g;
const shortened = /^([\s\S])[\s\S]{59}…<(\d+) chars>$/u;

/** Tokens that were issued to one of the identities under another name. */
const borrowed: Record<string, string> = { renewme: "admin", stock: "admin", ttl2max3600b: "ttl2max3600" };

/** Replaces the recorded ids, credentials and tokens with those of the test server. */
export class Substitution {
  readonly ids = new Map<string, string>();
  readonly #tokens = new Map<string, string>();
  readonly #server: TestServer;

  constructor(server: TestServer) {
    this.#server = server;
  }

  /** Logs in early, so that a token has an age when it is used. */
  async token(name: string): Promise<string> {
    const known = this.#tokens.get(name);
    if (known) return known;
    const identity = borrowed[name] ?? (name === "ttl2max3600" ? name : name.replace(/\d+$/, ""));
    const token = await login(this.#server, identity);
    this.#tokens.set(name, token);
    return token;
  }

  /** A part of a recorded request, ready to be sent to the test server. */
  async inRequest<Value>(value: Value): Promise<Value> {
    if (typeof value === "string") return (await this.#text(value)) as Value;
    if (Array.isArray(value))
      return (await Promise.all(value.map((entry) => this.inRequest(entry)))) as Value;
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(
      async ([key, entry]) => [key, await this.inRequest(entry)] as const,
    );
    return Object.fromEntries(await Promise.all(entries)) as Value;
  }

  async #text(text: string): Promise<string> {
    const whole = this.ids.get(text);
    if (whole !== undefined) return whole;
    const filled = expandShortened(text).replace(uuid, (id) => this.ids.get(id) ?? id);
    let result = "";
    let end = 0;
    for (const match of filled.matchAll(placeholder)) {
      result += filled.slice(end, match.index) + (await this.#credential(match[1] ?? "", match[2] ?? ""));
      end = match.index + match[0].length;
    }
    return result + filled.slice(end);
  }

  async #credential(kind: string, name: string): Promise<string> {
    const identity = this.#server.identities.find((candidate) => candidate.name === name);
    if (kind === "CLIENT_ID") return identity?.clientId ?? "";
    if (kind === "CLIENT_SECRET") return identity?.clientSecret ?? "";
    if (kind === "ACCESS_TOKEN") return this.token(name);
    return foreignToken(name === "alg-none");
  }
}

/** In the recordings, long values are cut to their first characters and a count. */
export function expandShortened(text: string): string {
  const [, character = "", length = "0"] = shortened.exec(text) ?? [];
  return character === "" ? text : character.repeat(Number(length));
}

/** A well-formed token that the test server has not signed. */
function foreignToken(unsigned: boolean): string {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const content = `${encode({ alg: unsigned ? "none" : "HS256", typ: "JWT" })}.${encode({ exp: 9_999_999_999 })}`;
  const signature = createHmac("sha256", "another key").update(content).digest("base64url");
  return `${content}.${unsigned ? "" : signature}`;
}
