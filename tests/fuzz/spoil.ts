import fc from "fast-check";
import { type Odd, odd } from "./odd.ts";

/** One way to make wrong arguments out of right ones. */
export type Spoil =
  | { readonly kind: "anything"; readonly args: readonly Odd[] }
  | { readonly kind: "replaced"; readonly at: number; readonly by: Odd }
  | { readonly kind: "added"; readonly name: string; readonly value: Odd }
  | { readonly kind: "changed form"; readonly form: Form }
  | { readonly kind: "right" };

/** Other objects with the same fields. */
const forms = {
  "without a prototype": (right: object) => Object.assign(Object.create(null), right),
  "behind a proxy": (right: object) => new Proxy(right, {}),
  frozen: (right: object) => Object.freeze({ ...right }),
  "with getters": (right: object) =>
    Object.defineProperties(
      {},
      Object.fromEntries(
        Object.entries(right).map(([name, value]) => [name, { get: () => value, enumerable: true }]),
      ),
    ),
  inherited: (right: object) => Object.create(right),
  "with a getter that throws": (right: object) =>
    Object.defineProperty({ ...right }, Object.keys(right)[0] ?? "a", {
      get: () => {
        throw new TypeError("thrown by a getter or a trap");
      },
      enumerable: true,
    }),
  "with a symbol": (right: object) => ({ ...right, [Symbol("odd")]: 1 }),
} as const;

type Form = keyof typeof forms;

const names = fc.oneof(
  fc.constantFrom("secretpath", "projectID", "headers", "body", "query", "path", "__proto__", "constructor"),
  fc.constantFrom(
    "signal",
    "timeout",
    "toString",
    "hasOwnProperty",
    "then",
    "readOnly",
    "idempotent",
    "expect",
    "workspaceId",
  ),
  fc.string(),
);

/** A way to spoil arguments, or none. */
export const spoil: fc.Arbitrary<Spoil> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant("replaced" as const), at: fc.nat(400), by: odd }), weight: 8 },
  {
    arbitrary: fc.record({ kind: fc.constant("anything" as const), args: fc.array(odd, { maxLength: 3 }) }),
    weight: 3,
  },
  { arbitrary: fc.record({ kind: fc.constant("added" as const), name: names, value: odd }), weight: 3 },
  {
    arbitrary: fc.record({
      kind: fc.constant("changed form" as const),
      form: fc.constantFrom(...(Object.keys(forms) as Form[])),
    }),
    weight: 2,
  },
  { arbitrary: fc.constant({ kind: "right" as const }), weight: 1 },
);

/** The spoilt arguments. */
export function spoilt(right: readonly unknown[], how: Spoil): readonly unknown[] {
  switch (how.kind) {
    case "right":
      return right;
    case "anything":
      return how.args.map(({ make }) => make());
    case "replaced": {
      const places = [...placesOf(right, [])];
      const place = places[how.at % Math.max(places.length, 1)];
      return place ? (replaced(right, place, how.by.make()) as unknown[]) : [how.by.make()];
    }
    case "added":
      return right.map((arg) => {
        if (!isPlain(arg)) return arg;
        return Object.defineProperty({ ...arg }, how.name, {
          value: how.value.make(),
          enumerable: true,
          configurable: true,
        });
      });
    case "changed form":
      return right.map((arg) => (isPlain(arg) ? forms[how.form](arg) : arg));
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The way to everything in the arguments, themselves included. */
function* placesOf(
  value: unknown,
  path: readonly (string | number)[],
): Generator<readonly (string | number)[]> {
  if (path.length > 0) yield path;
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* placesOf(item, [...path, index]);
  if (isPlain(value))
    for (const [name, item] of Object.entries(value)) yield* placesOf(item, [...path, name]);
}

function replaced(value: unknown, [first, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, index) => (index === first ? replaced(item, rest, by) : item));
  const fields = value as Record<string, unknown>;
  return { ...fields, [first]: replaced(fields[first], rest, by) };
}
