import ms from "ms";

/**
 * A duration such as `"90d"` in milliseconds, read with the library of the real server: `undefined` for most texts that are none.
 *
 * @throws Error for an empty text, and for one of more than 100 characters.
 */
export function toMilliseconds(text: string): number | undefined {
  return ms(text as ms.StringValue);
}
