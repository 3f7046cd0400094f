/** Texts that leave their place in an address unless they are encoded, or refused. */
export const hostileTexts: readonly string[] = ["a/b", "..", "50%2f?c=d#e"];

/** Where a request has gone astray because of a text; `undefined` where it is in its place. */
export function misplacedText(
  usual: URL,
  other: URL,
  texts: { readonly usual: string; readonly other: string },
): string | undefined {
  const [wanted, found] = [segments(usual), segments(other)];
  const isInPlace =
    wanted.length === found.length &&
    wanted.every((segment, index) => found[index] === (segment === texts.usual ? texts.other : segment));
  if (!isInPlace) return other.pathname;
  if (other.hash !== "") return other.hash;
  const names = [usual, other].map(({ searchParams }) => [...searchParams.keys()].join());
  return names[0] === names[1] ? undefined : other.search;
}

function segments({ pathname }: URL): string[] {
  return pathname.split("/").map((segment) => decodeURIComponent(segment));
}
