import { randomUUID } from "node:crypto";
import type { Recording } from "#test-kit";
import type { TestServerOptions } from "../../src/index.ts";

const lower = ["abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm"] as const;
const digits = ["0123456789", "3795148260"] as const;
const upper = [lower[0].toUpperCase(), lower[1].toUpperCase()] as const;

/** The fields of requests that hold names. */
const fields = new Set(
  "secretKey newSecretName name slug projectSlug workspaceSlug environment environmentSlug"
    .split(" ")
    .concat("dynamicSecretName path secretPath tagSlugs".split(" ")),
);
/** The part of a URL that is a name. */
const inUrl = /\/(?:secrets\/raw|v4\/secrets|dynamic-secrets|key-name|slug)\/([\w-]{2,})/;
/** Names that the server has by itself, words of its texts, and names that are searched for by a part. */
const kept = new Set(
  "dev staging prod shared name batch id leases missing Not Slug key-one key-128 key-usage".split(" "),
);
const word = /\{\{[^}]*\}\}|[A-Za-z0-9_-]+/g;

/** Gives the names in recordings another form of the same characters, the same one wherever a name is found. */
export function shuffle(recordings: readonly Recording[]): <Value>(value: Value) => Value {
  const found = recordings.flatMap(({ request: { path, query, body } }) => [
    ...(inUrl.exec(path)?.slice(1) ?? []),
    ...namesIn(query),
    ...namesIn(body),
  ]);
  const lowered = found.filter((name) => name.includes("-")).map((name) => name.toLowerCase());
  const names = new Set([...found, ...lowered]);
  const rename = (text: string): string =>
    text.replace(word, (each) => (names.has(each) && !kept.has(each) ? turn(each) : each));
  return (value) => mapTexts(value, rename);
}

/** The same server with other ids. */
export function withOtherIds(seed: TestServerOptions): TestServerOptions {
  const identified = <Item extends object>(item: Item): Item & { id: string } => ({
    ...item,
    id: randomUUID(),
  });
  return {
    ...seed,
    projects: seed.projects?.map(identified),
    identities: seed.identities?.map(identified),
  };
}

/** Texts of a value changed, but not its keys. */
function mapTexts<Value>(value: Value, change: (text: string) => string): Value {
  const mapped = (part: unknown): unknown => {
    if (typeof part === "string") return change(part);
    if (Array.isArray(part)) return part.map(mapped);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, entry]) => [key, mapped(entry)]));
  };
  return mapped(value) as Value;
}

function namesIn(value: unknown, key = ""): string[] {
  if (typeof value === "string" && fields.has(key) && !value.includes("%")) {
    return (value.match(word) ?? []).filter((each) => each.length > 1 && /[A-Za-z]/.test(each));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, entry]) => namesIn(entry, Array.isArray(value) ? key : name));
}

/** Turns each letter and digit into another of its kind. */
function turn(name: string): string {
  return [...name]
    .map((character) => {
      const [from, to] = [lower, upper, digits].find(([each]) => each.includes(character)) ?? [
        character,
        character,
      ];
      return to[from.indexOf(character)];
    })
    .join("");
}
