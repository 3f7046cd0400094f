/** `await using`, in the types of platforms that support it: does the same as `close` at the end of a block. */
export type AsyncDisposal = typeof Symbol extends {
  /** The method's key. */
  readonly asyncDispose: infer Key extends symbol;
}
  ? Readonly<Record<Key, () => Promise<void>>>
  : object;
