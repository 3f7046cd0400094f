/** The text of a file. Builds take it in with the plugin of `scripts/raw-text.mjs`; vitest knows it. */
declare module "*?raw" {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: what is imported has only this one.
  export default text;
}
