/** Shared by every copy of this package in a process, so that copies recognise each other's errors. */
export const errorMark: unique symbol = Symbol.for("infisical.sdk.error") as never;
