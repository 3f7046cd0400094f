import { createHmac } from "node:crypto";
import type { TestServer } from "../../src/index.ts";
import { login } from "../support/api.ts";
import { identityJwt } from "./identity-jwt.ts";

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const placeholder = /\{\{(CLIENT_ID|CLIENT_SECRET|ACCESS_TOKEN|JWT|USER_JWT|IDENTITY_JWT)(?::([\w-]+))?\}\}/g;
const shortened = /^([\s\S])[\s\S]{59}…<(\d+) chars>$/u;

/** Tokens that were issued to one of the identities under another name. */
const borrowed: Record<string, string> = {
  renewme: "admin",
  stock: "admin",
  ttl2max3600b: "ttl2max3600",
};

/** Replaces the recorded ids, credentials and tokens with those of the test server. */
export class Substitution {
  /** What the test server has in the place of a recorded id, slug, ciphertext, entity tag or token. */
  readonly ids = new Map<string, string>();
  readonly #tokens = new Map<string, Promise<string>>();
  readonly #server: TestServer;

  constructor(server: TestServer) {
    this.#server = server;
  }

  /** Notes what corresponds to something recorded, unless that is known. */
  learn(recorded: string, ours: string): void {
    if (!this.ids.has(recorded)) this.ids.set(recorded, ours);
  }

  /** Logs in early, so that a token has an age when it is used. */
  async token(name: string): Promise<string> {
    const isIdentity = this.#server.identities.some((identity) => identity.name === name);
    const identity = borrowed[name] ?? (isIdentity ? name : name.replace(/\d+$/, ""));
    const known = this.ids.get(`{{ACCESS_TOKEN:${name}}}`);
    if (known !== undefined) return known;
    const token = this.#tokens.get(name) ?? login(this.#server, identity);
    this.#tokens.set(name, token);
    this.learn(`{{ACCESS_TOKEN:${name}}}`, await token);
    return token;
  }

  /** A part of a recorded request, ready to be sent to the test server. */
  async inRequest<Value>(value: Value, id: string): Promise<Value> {
    if (typeof value === "string") return (await this.#text(value, id)) as Value;
    if (Array.isArray(value))
      return (await Promise.all(value.map((entry) => this.inRequest(entry, id)))) as Value;
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(
      async ([key, entry]) => [key, await this.inRequest(entry, id)] as const,
    );
    return Object.fromEntries(await Promise.all(entries)) as Value;
  }

  async #text(text: string, id: string): Promise<string> {
    const whole = this.ids.get(text);
    if (whole !== undefined) return whole;
    const filled = expandShortened(text).replace(uuid, (found) => this.ids.get(found) ?? found);
    let result = "";
    let end = 0;
    for (const match of filled.matchAll(placeholder)) {
      result += filled.slice(end, match.index) + (await this.#credential(match[1] ?? "", match[2] ?? "", id));
      end = match.index + match[0].length;
    }
    return result + filled.slice(end);
  }

  async #credential(kind: string, name: string, id: string): Promise<string> {
    const identity = this.#server.identities.find((candidate) => candidate.name === name);
    if (kind === "CLIENT_ID") return identity?.clientId ?? "";
    if (kind === "CLIENT_SECRET") return identity?.clientSecret ?? "";
    if (kind === "ACCESS_TOKEN") return this.token(name);
    if (kind === "IDENTITY_JWT") return identityJwt(id, this.#server.clock.now());
    if (kind === "USER_JWT") return this.token(`${name}@example.com`);
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
