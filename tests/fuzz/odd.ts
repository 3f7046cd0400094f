import fc from "fast-check";

/** A value under a name, made anew for every run: some of them cannot be printed, and some are changed by use. */
export class Odd {
  readonly #name: string;
  readonly make: () => unknown;

  constructor(name: string, make: () => unknown) {
    this.#name = name;
    this.make = make;
  }

  [fc.toStringMethod](): string {
    return `<${this.#name}>`;
  }
}

/** The error of code that a caller handed in; a call may reject with it, as nothing else of its kind. */
export class CallersError extends Error {}

function thrower(): never {
  throw new TypeError("thrown by a getter or a trap");
}

class Instance {
  readonly projectId = "from-a-class";
  get environment(): string {
    return "dev";
  }
  toString(): string {
    return thrower();
  }
  toJSON(): string {
    return thrower();
  }
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function circle(): unknown {
  const itself: Record<string, unknown> = {};
  itself["itself"] = itself;
  return itself;
}

function nested(depth: number): unknown {
  let value: unknown = "end";
  for (let level = 0; level < depth; level += 1) value = { nested: [value] };
  return value;
}

const makers: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  false: () => false,
  zero: () => 0,
  "minus zero": () => -0,
  "not a number": () => Number.NaN,
  infinity: () => Number.POSITIVE_INFINITY,
  "a bigint": () => 1n,
  "a bigint of zero": () => 0n,
  "a symbol": () => Symbol("odd"),
  "an empty text": () => "",
  "white space": () => " \t\n",
  "a huge text": () => "x".repeat(300_000),
  "half a character": () => "a\ud800b",
  "a text of control characters": () => "a\0b\r\nc\u001b[31m",
  "a path upwards": () => "../../admin",
  "an encoded path upwards": () => "%2e%2e/a?b=c#d",
  "the text __proto__": () => "__proto__",
  "an array": () => [],
  "an array with a hole": () => new Array(2),
  "an array of nothing": () => [null, undefined],
  "a huge array": () => Array.from({ length: 20_000 }, () => "x"),
  "an array whose items throw": () => Object.defineProperty([1], 0, { get: thrower, enumerable: true }),
  "an object": () => ({}),
  "an object without a prototype": () => Object.create(null),
  "an object with what it inherits": () => Object.create({ projectId: "inherited", signal: false }),
  "an instance of a class": () => new Instance(),
  "an object whose getter throws": () =>
    Object.defineProperty({}, "projectId", { get: thrower, enumerable: true }),
  "an object that cannot be made a text": () => ({ toString: thrower, valueOf: thrower, toJSON: thrower }),
  "a proxy": () => new Proxy({ environment: "dev" }, {}),
  "a proxy whose get throws": () => new Proxy({ a: 1 }, { get: thrower }),
  "a proxy whose ownKeys throws": () => new Proxy({}, { ownKeys: thrower }),
  "a proxy whose has throws": () => new Proxy({}, { has: thrower, getPrototypeOf: thrower }),
  "a revoked proxy": revoked,
  "a circle": circle,
  "a deeply nested object": () => nested(5000),
  "a boxed text": () => Object("text"),
  "a boxed flag": () => Object(false),
  "a date": () => new Date(0),
  "an invalid date": () => new Date(Number.NaN),
  "a map": () => new Map([["projectId", "p"]]),
  "a regular expression": () => /x/g,
  "an error": () => new Error("an error as a value"),
  "a promise": () => Promise.resolve("late"),
  // biome-ignore lint/suspicious/noThenProperty: that is what is odd about it.
  "a thenable that throws": () => Object.defineProperty({}, "then", { get: thrower, enumerable: true }),
  "a function": () => () => undefined,
  "a function that throws": () => () => {
    throw new CallersError("thrown by a function");
  },
  "a function that rejects": () => async () => {
    throw new CallersError("rejected by a function");
  },
  bytes: () => new Uint8Array([1, 2, 3]),
  "no bytes": () => new Uint8Array(),
  "many bytes": () => new Uint8Array(100_000),
  "a buffer": () => Buffer.from("text"),
  "a URL": () => new URL("https://example.com/"),
  headers: () => new Headers({ a: "b" }),
  "a signal that has aborted": () => AbortSignal.abort(new CallersError("aborted")),
  "a signal": () => new AbortController().signal,
  "an event target": () => new EventTarget(),
};

const oddOnes = Object.entries(makers).map(([name, make]) => new Odd(name, make));

/** Anything at all. */
export const odd: fc.Arbitrary<Odd> = fc.oneof(
  { arbitrary: fc.constantFrom(...oddOnes), weight: 4 },
  {
    arbitrary: fc
      .anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true })
      .map((value) => new Odd(fc.stringify(value), () => value)),
    weight: 1,
  },
  {
    arbitrary: fc.string({ unit: "binary" }).map((text) => new Odd(JSON.stringify(text), () => text)),
    weight: 1,
  },
);
