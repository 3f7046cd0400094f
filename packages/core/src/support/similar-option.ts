/** Words that stand for the same thing in the options of this SDK, its older versions, and other clients. */
const sameWords = /* @__PURE__ */ new Map(
  /* @__PURE__ */ Object.entries({
    env: "environment",
    workspace: "project",
    slug: "id",
    key: "name",
    base: "site",
    api: "site",
    server: "site",
    host: "site",
    endpoint: "site",
  }),
);

/** Names that share no word with the option that they are written for. */
const sameNames = /* @__PURE__ */ new Map(
  /* @__PURE__ */ Object.entries({
    folder: "path",
    folderpath: "path",
    token: "auth",
    accesstoken: "auth",
    clientid: "auth",
    clientsecret: "auth",
  }),
);

/**
 * Finds the option that somebody probably meant who wrote another name.
 *
 * It is the one that says the same in other words, the one with the fewest other letters, or the only one that has all words
 * of the name, or whose words the name has: `workspaceId` for `projectId`, `siteURL` for `siteUrl`, `path` for `secretPath`.
 *
 * @param written - The name that is not an option.
 * @param names - The names of the options.
 * @returns The option; `undefined` if none is close.
 */
export function similarOption(written: string, names: readonly string[]): string | undefined {
  // What is longer than any option is a value, perhaps a token.
  if (written.length > 40) return undefined;
  const given = wordsOf(sameNames.get(written.toLowerCase()) ?? written);
  const known = names.map((name) => ({ name, words: wordsOf(name) }));
  const only = (fits: (words: readonly string[]) => boolean): string | undefined => {
    const fitting = known.filter(({ words }) => fits(words));
    return fitting.length === 1 ? fitting[0]?.name : undefined;
  };
  return (
    only((words) => hasAll(words, given) && hasAll(given, words)) ??
    leastMisspelt(written, names) ??
    only((words) => hasAll(words, given)) ??
    only((words) => hasAll(given, words))
  );
}

/** The words of a name, in lower case and the singular. The key of `keyId` is one, that of `secretKey` is a name. */
function wordsOf(name: string): readonly string[] {
  const words = name.match(/[A-Z]{2,}|[A-Z]?[a-z]+/g) ?? [];
  const isKeyId = /keyId$/i.test(name);
  return words.map((word) => {
    const singular = word.toLowerCase().replace(/s$/, "");
    return isKeyId && singular === "key" ? singular : (sameWords.get(singular) ?? singular);
  });
}

function hasAll(words: readonly string[], wanted: readonly string[]): boolean {
  return wanted.length > 0 && wanted.every((each) => words.includes(each));
}

/** The name that becomes another one if a few letters are misspelt: one in four, or one of three; or if they change places. */
function leastMisspelt(written: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let fewest = Math.max(Math.floor(written.length / 4), Math.min(Math.floor(written.length / 3), 1)) + 1;
  for (const name of names) {
    const [from, to] = [written.toLowerCase(), name.toLowerCase()] as const;
    const edits = sorted(from) === sorted(to) ? 1 : distance(from, to);
    if (edits < fewest) [best, fewest] = [name, edits];
  }
  return best;
}

function sorted(letters: string): string {
  return [...letters].sort().join("");
}

/** How many letters must be added, dropped or replaced. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] as number) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[to.length] as number;
}
