import type { Child, Ending } from "./child.ts";

/** Variables for a child. */
export type Variables = Readonly<Record<string, string>>;

/** What to run, and when to start it anew. */
export interface Supervision {
  /** Starts the command. */
  readonly start: (variables: Variables) => Child;
  /** The variables to begin with. */
  readonly variables: Variables;
  /** How long a child that is to be replaced has to end, in milliseconds. */
  readonly grace: number;
  /** Is called with the names of what has changed before a child is replaced. */
  readonly onReplace: (names: readonly string[]) => void;
}

/** A command that is kept running with the newest variables. */
export interface Supervised {
  /** Resolves when the command has ended by itself, or by a signal that was passed on. */
  readonly ended: Promise<Ending>;
  /** Passes a signal on, unless the child gets it by itself. After one that asks to end, no other child is started. */
  signal(name: NodeJS.Signals, reachesAll: boolean): void;
  /** Replaces the child if the variables differ from its own. */
  update(variables: Variables): void;
}

const last: ReadonlySet<string> = new Set(["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"]);

/** Runs a command until it ends, one child at a time. */
export function supervise({ start, variables: first, grace, onReplace }: Supervision): Supervised {
  let wanted = first;
  let child = start(first);
  let isReplaced = false;
  let isEnding = false;
  const run = async (): Promise<Ending> => {
    for (;;) {
      const ending = await child.ended;
      if (!isReplaced || isEnding) {
        isEnding = true;
        return ending;
      }
      isReplaced = false;
      child = start(wanted);
    }
  };
  return {
    ended: run(),
    signal(name, reachesAll) {
      isEnding ||= last.has(name);
      if (!reachesAll) child.signal(name);
    },
    update(variables) {
      const names = changedNames(wanted, variables);
      if (names.length === 0 || isEnding) return;
      wanted = variables;
      onReplace(names);
      isReplaced = true;
      child.stop(grace);
    },
  };
}

function changedNames(before: Variables, after: Variables): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]).sort();
}
