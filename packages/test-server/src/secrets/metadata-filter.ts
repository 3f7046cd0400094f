/** A metadata entry that a listed secret must have. */
export interface MetadataPair {
  readonly key: string;
  readonly value: string;
}

/**
 * Parses `key=K1,value=V1|key=K2,value=V2` as the server does: incomplete pairs are dropped, and anything after a
 * second `=` is ignored.
 */
export function parseMetadataFilter(filter: string): MetadataPair[] {
  return filter.split("|").flatMap((pair) => {
    const parts = pair.split(/[,=]/).map((part) => part.trim());
    const fields = new Map(
      parts.flatMap((name, index): [string, string | undefined][] =>
        index % 2 === 0 ? [[name.toLowerCase(), parts[index + 1]]] : [],
      ),
    );
    const key = fields.get("key");
    const value = fields.get("value");
    return key && value ? [{ key, value }] : [];
  });
}
