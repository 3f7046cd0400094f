import { optionError } from "@infisical/core/authoring";
import { checkObject } from "../checks/check-shape.ts";
import type { ListSecretsWithImportsOptions, MetadataFilter } from "../options/read-options.ts";

/** The filter by tags: a list with commas between. */
export function tagList({
  tagSlugs = [],
  tagFilters = [],
}: ListSecretsWithImportsOptions): string | undefined {
  const slugs = [...checkSlugs("tagSlugs", tagSlugs), ...checkSlugs("tagFilters", tagFilters)];
  return slugs.length === 0 ? undefined : [...new Set(slugs)].join(",");
}

function checkSlugs(option: string, slugs: readonly string[]): readonly string[] {
  if (!Array.isArray(slugs)) throw optionError(option, "must be an array of tags' slugs", slugs);
  for (const [index, slug] of slugs.entries()) {
    if (typeof slug === "string" && slug.trim() !== "" && !slug.includes(",")) continue;
    throw optionError(`${option}[${index}]`, 'must be one slug, without ","', slug);
  }
  return slugs;
}

const mostPairs = 10;

/** The filter by metadata. The server drops a pair that it cannot read, and would list more than was asked for. */
export function metadataList(pairs: readonly MetadataFilter[] = []): string | undefined {
  if (!Array.isArray(pairs) || pairs.length > mostPairs) {
    throw optionError("metadataFilter", `must be an array of at most ${mostPairs} pairs`, pairs);
  }
  const texts = pairs.map((pair, index) => {
    checkObject(`metadataFilter[${index}]`, pair);
    const { key, value } = pair;
    checkPart(`metadataFilter[${index}].key`, key);
    checkPart(`metadataFilter[${index}].value`, value);
    return `key=${key},value=${value}`;
  });
  return texts.length === 0 ? undefined : texts.join("|");
}

/** There is no way to escape the characters that the filter itself is made of. */
function checkPart(option: string, text: string): void {
  if (typeof text === "string" && text.trim() !== "" && !/[,|=]/.test(text)) return;
  throw optionError(option, 'must be a non-empty string without ",", "|" and "="', text);
}
