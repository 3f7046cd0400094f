import { z } from "zod";
import {
  accepting,
  boolean,
  type Check,
  issuesOf,
  type ObjectOf,
  object,
  optional,
} from "../engine/check.ts";

const figure: Check<number> = z.number().int().min(1);

const rateLimits = object({
  /**
   * Requests a minute that read, except secrets and imports; the event stream is one of them.
   *
   * @defaultValue not limited
   */
  read: optional(figure),
  /**
   * Requests a minute that write, except secrets, imports and folders; logins are among them.
   *
   * @defaultValue not limited
   */
  write: optional(figure),
  /**
   * Requests a minute for secrets and imports, and those that write folders.
   *
   * @defaultValue not limited
   */
  secrets: optional(figure),
  /**
   * Logins, renewals and revocations a minute.
   *
   * @defaultValue they count as `write`, as on a real server
   */
  logins: optional(figure),
  /**
   * New projects a minute.
   *
   * @defaultValue not limited
   */
  projectCreation: optional(figure),
  /**
   * Requests a minute of all kinds together.
   *
   * @defaultValue not limited
   */
  overall: optional(figure),
  /**
   * Whether each route counts by itself, and not together with the others of its kind.
   *
   * @defaultValue false
   */
  perRoute: optional(boolean),
  /**
   * Whether to refuse with the 500 of older servers instead of a 429.
   *
   * @defaultValue false
   */
  legacy: optional(boolean),
});

/**
 * How many requests each address can send in a minute, by their kind.
 *
 * @example
 * import { createTestServer } from "@infisical/test-server";
 * const server = createTestServer({
 *   rateLimits: { overall: 600, read: 200, write: 90, secrets: 120, projectCreation: 30, perRoute: false, legacy: false },
 * });
 */
export interface RateLimits extends ObjectOf<typeof rateLimits.fields> {}

/** Servers whose limits are known: the documented ones of two plans of Infisical Cloud, and those of older servers. */
export type RateLimitPreset = "cloud-free" | "cloud-pro" | "older";

const cloud: RateLimits = { overall: 600, projectCreation: 30 };

const presets: Readonly<Record<RateLimitPreset, RateLimits>> = {
  "cloud-free": { ...cloud, read: 200, write: 90, secrets: 120 },
  "cloud-pro": { ...cloud, read: 350, write: 200, secrets: 300 },
  older: { write: 200, secrets: 40, perRoute: true, legacy: true },
};

/** Accepts limits, or the name of a server whose limits are known. Not a union, whose issues do not name the wrong field. */
export const rateLimitsOption: Check<RateLimitPreset | RateLimits> = accepting(
  z.unknown().superRefine((value, context) => {
    if (typeof value === "string" && Object.hasOwn(presets, value)) return;
    if (typeof value === "object" && value !== null) {
      for (const issue of issuesOf(rateLimits, value)) context.addIssue({ ...issue, code: "custom" });
    } else {
      const names = Object.keys(presets).join(", ");
      context.addIssue({ code: "custom", message: `must be limits, or one of ${names}` });
    }
  }),
);

/** The limits that an option means. */
export function rateLimitsOf(option: RateLimitPreset | RateLimits): RateLimits {
  return typeof option === "string" ? presets[option] : option;
}
