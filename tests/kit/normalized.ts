const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
const time = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
const address = /http:\/\/127\.0\.0\.1:\d+/g;
const requestId = /\breq-[\w-]+/g;

/**
 * Replaces what differs from one server to the next: ids, times, addresses and the ids of requests. The same id gets the
 * same word, so that an id in a wrong place still shows.
 */
export function createNormalizer(): (text: string) => string {
  const words = new Map<string, string>();
  const word = (id: string): string => {
    const known = words.get(id) ?? `id-${words.size + 1}`;
    words.set(id, known);
    return known;
  };
  return (text) =>
    text
      .replace(uuid, word)
      .replace(time, "a-time")
      .replace(address, "the-server")
      .replace(requestId, "a-request");
}
