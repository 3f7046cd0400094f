/** Query parameters; a repeated one is a list. */
export type Query = Record<string, string | string[]>;

/** One request as the routes see it: completely read, not yet validated. */
export interface Call {
  readonly method: string;
  /** Path and query exactly as they were sent. */
  readonly target: string;
  readonly path: string;
  readonly query: Query;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** `undefined` when none was sent. */
  readonly bodyText: string | undefined;
}

/** Splits the target of a request without normalizing it: `..` is a name like any other here. */
export function splitTarget(target: string): { readonly path: string; readonly query: Query } {
  const [withoutFragment = ""] = target.split("#", 1);
  const mark = withoutFragment.indexOf("?");
  const path = mark === -1 ? withoutFragment : withoutFragment.slice(0, mark);
  const query = mark === -1 ? {} : parseQuery(withoutFragment.slice(mark + 1));
  return { path: path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path, query };
}

function parseQuery(text: string): Query {
  const query: Query = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const before = query[name];
    if (before === undefined) query[name] = value;
    else query[name] = Array.isArray(before) ? [...before, value] : [before, value];
  }
  return query;
}
