import { actions, environment } from "./allowed.ts";
import type { Fields, Step } from "./workflow.ts";

/** Checks that a step uses what is listed, with the values that are listed. */
export function checkStep(step: Step): string[] {
  return [...checkAction(step), ...checkEnvironment(step), ...checkShell(step)];
}

/** A tag can be moved to another commit; the comment tells which release the commit is. */
function checkAction({ uses, release, with: inputs }: Step): string[] {
  if (uses === undefined) return [];
  const [, action = "", commit = ""] = /^(.*?)@(.*)$/s.exec(uses) ?? [];
  const allowed = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (allowed === undefined) return [`the action must be a listed one, got ${uses}.`];
  const isPinned = /^[\da-f]{40}$/.test(commit) && /^v\d+\.\d+\.\d+$/.test(release);
  return [
    ...(isPinned
      ? []
      : [`${action} must be pinned as owner/action@<40 digits> # v<release>, got ${uses} # ${release}.`]),
    ...checkInputs(new Map(Object.entries(allowed)), inputs).map((violation) => `${action}: ${violation}`),
  ];
}

function checkInputs(allowed: ReadonlyMap<string, readonly unknown[]>, inputs: Fields): string[] {
  return [...new Set([...allowed.keys(), ...Object.keys(inputs)])].flatMap((name) => {
    const values = allowed.get(name) ?? [undefined];
    if (values.includes(inputs[name])) return [];
    const rule = values.map((value) => value ?? "absent").join(" or ");
    return [`${name} must be ${rule}, got ${JSON.stringify(inputs[name])}.`];
  });
}

/** A variable such as NODE_OPTIONS or BASH_ENV runs code in every command. */
function checkEnvironment({ env }: Step): string[] {
  return Object.entries(env)
    .filter(([name, value]) => environment[name] !== value)
    .map(
      ([name, value]) =>
        `env ${name} must be ${environment[name] ?? "absent"}, got ${JSON.stringify(value)}.`,
    );
}

function checkShell({ fields: { shell }, run }: Step): string[] {
  return [
    ...(shell === undefined || shell === "bash" ? [] : [`shell must be bash, got ${JSON.stringify(shell)}.`]),
    ...(run.includes("${{") ? [`an expression must come into a command by env, got "${run.trim()}".`] : []),
  ];
}
