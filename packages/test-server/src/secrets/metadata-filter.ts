/** A metadata entry that a listed secret must have. */
export interface MetadataPair {
  readonly key: string;
  readonly value: string;
}

/** Reads `key=K1,value=V1|key=K2,value=V2`; pairs that lack a half are left out, as on the server. */
export function parseMetadataFilter(filter: string): MetadataPair[] {
  return filter.split("|").flatMap((pair) => {
    const fields = new Map(
      pair.split(",").map((field): [string, string] => {
        const [name = "", ...value] = field.split("=");
        return [name.trim(), value.join("=").trim()];
      }),
    );
    const key = fields.get("key");
    const value = fields.get("value");
    return key && value ? [{ key, value }] : [];
  });
}
