/**
 * Says that files could not be loaded, and what helps.
 *
 * @param what - They are for, as the beginning of a sentence.
 */
export function notLoaded(what: string): string {
  return `${what} could not be loaded: you are offline, or the site has changed. Reload the page to try again.`;
}
