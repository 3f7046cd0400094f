import { createHash } from "node:crypto";

/**
 * Ids and client secrets in a fixed order, so that two servers with the same seed have the same ids.
 *
 * They are hashes of a counter: distributed like random ones, and the same in every run.
 */
export class Identifiers {
  #count = 0;
  #requests = 0;

  /** The next UUID, version 4 in form. */
  uuid(): string {
    const hex = this.hex(32);
    const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  /** The next string of up to 64 hexadecimal digits. */
  hex(length: number): string {
    this.#count += 1;
    return createHash("sha256").update(`infisical-test-server:${this.#count}`).digest("hex").slice(0, length);
  }

  /** The next request id. It has a separate counter, so that reads do not change the ids of created objects. */
  request(): string {
    this.#requests += 1;
    return `req-${this.#requests.toString(36).padStart(12, "0")}`;
  }
}
