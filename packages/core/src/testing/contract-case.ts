/**
 * One promise of a contract, to be run by any test runner.
 *
 * @example
 * import { test } from "node:test";
 * import type { ContractCase } from "@infisical/core/testing";
 * const register = (cases: readonly ContractCase[]) => {
 *   for (const { name, run } of cases) test(name, run);
 * };
 */
export interface ContractCase {
  /** What is promised, as a sentence. */
  readonly name: string;
  /** Resolves if the promise is kept, and rejects with an error that says how it is broken. */
  readonly run: () => Promise<void>;
}

/** Throws an error with this text unless the condition holds. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Returns what a call rejects with. Throws if it resolves, or does neither within a second. */
export async function rejectionOf(call: () => unknown, message: string): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<{ reason: unknown }>((resolve) => {
    timer = setTimeout(() => resolve({ reason: new Error(`${message} It is still waiting.`) }), 1000);
  });
  const outcome = (async () => call())().then(
    () => ({ reason: new Error(`${message} It succeeded.`) }),
    (error: unknown) => ({ rejection: error }),
  );
  const first = await Promise.race([outcome, tooLate]);
  clearTimeout(timer);
  if ("rejection" in first) return first.rejection;
  throw first.reason;
}

/** The text of anything caught, for a message. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether two values have the same parts; fields that are `undefined` count as absent. */
export function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (!isContainer(left) || !isContainer(right) || Array.isArray(left) !== Array.isArray(right)) return false;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].every((name) => isSame(left[name], right[name]));
}

/** Copies plain objects and lists; everything else, such as keys and functions, is shared. */
export function copyOf<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(copyOf) as Value;
  if (!isContainer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copyOf(part)])) as Value;
}

/** All the text that printing a value could show: fields of any kind, causes, stacks, JSON. */
function printed(value: unknown, seen: Set<object> = new Set()): string {
  if (typeof value === "function") return "";
  if (typeof value !== "object" || value === null) return String(value);
  if (seen.has(value)) return "";
  seen.add(value);
  const fields = Reflect.ownKeys(value).map((key) => printed(fieldOf(value, key), seen));
  return [...fields, ...entriesOf(value).map((entry) => printed(entry, seen)), jsonOf(value)].join("\n");
}

/** Whether printing a value could show one of these texts, plain or as JSON writes it. */
export function shows(value: unknown, texts: readonly string[]): boolean {
  const text = printed(value);
  return texts.some((secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)));
}

function isContainer(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  // Not by comparing with Object.prototype: Jest has several of them.
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
}

function fieldOf(value: object, key: string | symbol): unknown {
  try {
    return Reflect.get(value, key);
  } catch {
    return undefined;
  }
}

/** The entries of a Map, a Set, or Headers. */
function entriesOf(value: object): unknown[] {
  const { entries } = value as { entries?: unknown };
  if (typeof entries !== "function" || Array.isArray(value)) return [];
  try {
    return [...(entries.call(value) as Iterable<unknown>)];
  } catch {
    return [];
  }
}

function jsonOf(value: object): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}
