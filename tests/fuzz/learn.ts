import { isInfisicalError } from "@infisical/sdk";

/** Arguments that a method takes, and whether the call that they make succeeds. */
export interface RightCall {
  readonly args: readonly unknown[];
  readonly succeeds: boolean;
  /** Why the call with all options failed, if no call succeeded. */
  readonly problem?: string;
}

type Values = Readonly<Record<string, readonly unknown[]>>;

/** What a call came to: nothing wrong with its options, or the message that says what is. */
type Try = (args: readonly unknown[]) => Promise<{ readonly refusal?: string; readonly failure?: unknown }>;

/** Makes a `Try` of a function that throws, or returns what may be a promise. */
export function tryOf(call: (args: readonly unknown[]) => unknown): Try {
  return async (args) => {
    try {
      await call(args);
      return {};
    } catch (error) {
      if (isInfisicalError(error) && error.code === "INVALID_OPTION") return { refusal: error.message };
      return { failure: error };
    }
  };
}

/**
 * Finds out what a method takes from what it says when it is called wrongly: every error names its option, and one
 * that misses its options lists them. So a method that is new needs no table, only values for names that are new.
 * `offline` reaches no server, `online` one that is in its first state.
 */
export async function learn(
  name: string,
  { offline: attempt, online }: { readonly offline: Try; readonly online: Try },
  values: Values,
): Promise<RightCall> {
  const args: unknown[] = [];
  const chosen = new Map<string, number>();
  let options: Record<string, unknown> | undefined;
  let listed: readonly string[] = [];

  const valueFor = (option: string, choice: number): unknown => {
    const candidates = values[option];
    if (!candidates)
      throw new Error(
        `${name} takes "${option}": add a value that the test server accepts to tests/fuzz/right-values.ts.`,
      );
    return choice < candidates.length ? candidates[choice] : undefined;
  };
  const improve = (refusal: string): void => {
    const option = /^\w+/.exec(refusal)?.[0] ?? "";
    if (option === "options") {
      options = {};
      const [, names = ""] = /with ([\w, ]+?)(?:, the second argument |, got |\.$)/.exec(refusal) ?? [];
      listed = names.replace("and optionally ", "").split(", ");
      args.push(options);
    } else if (options && (listed.includes(option) || !(option in values) || option in options)) {
      const choice = option in options ? (chosen.get(option) ?? 0) + 1 : 0;
      chosen.set(option, choice);
      options[option] = valueFor(option, choice);
    } else args.push(valueFor(option, 0));
  };

  // First what must be there. `null` is neither an options object nor a text.
  for (let round = 0; round < 40; round += 1) {
    const { refusal } = await attempt(options || args.length > 0 ? withNull(args, options) : [null]);
    if (refusal === undefined) break;
    improve(refusal);
  }
  const required = { ...options };
  if (options) {
    for (const option of listed.filter((each) => each !== "signal" && !(each in required))) {
      await addIfTaken(options, option, attempt, args, valueFor);
    }
  }
  // What may follow the options, such as an etag.
  const { refusal: atEnd } = await attempt([...args, null]);
  if (options && atEnd !== undefined) improve(atEnd);
  // Then the first choice of values that the server takes too.
  const all = { ...options };
  let problem = "";
  for (const candidate of [all, required]) {
    for (const tried of choices(args, { options, candidate }, values)) {
      const { refusal, failure } = await online(tried);
      if (refusal === undefined && failure === undefined) return { args: tried, succeeds: true };
      problem ||= refusal ?? String(failure);
    }
  }
  return { args, succeeds: false, problem };
}

/** The arguments so far; where the options have not been asked for yet, `null` asks for their list. */
function withNull(args: readonly unknown[], options: object | undefined): readonly unknown[] {
  return options ? args : [...args, null];
}

async function addIfTaken(
  options: Record<string, unknown>,
  option: string,
  attempt: Try,
  args: readonly unknown[],
  valueFor: (option: string, choice: number) => unknown,
): Promise<void> {
  for (let choice = 0; ; choice += 1) {
    options[option] = valueFor(option, choice);
    if (options[option] === undefined) break;
    if ((await attempt(args)).refusal === undefined) return;
  }
  delete options[option];
}

/** The arguments as they are, with another value for one of them or of the options, and with one option less. */
function* choices(
  args: readonly unknown[],
  {
    options,
    candidate,
  }: { readonly options: object | undefined; readonly candidate: Record<string, unknown> },
  values: Values,
): Generator<readonly unknown[]> {
  const withOptions = (given: object): readonly unknown[] =>
    args.map((arg) => (arg === options ? given : arg));
  yield withOptions(candidate);
  for (const option of Object.keys(candidate)) {
    for (const other of values[option]?.slice(1) ?? []) yield withOptions({ ...candidate, [option]: other });
    const { [option]: _, ...rest } = candidate;
    yield withOptions(rest);
  }
  const [first, ...others] = withOptions(candidate);
  if (typeof first !== "string") return;
  for (const list of Object.values(values).filter((each) => each[0] === first)) {
    for (const other of list.slice(1)) yield [other, ...others];
  }
}
