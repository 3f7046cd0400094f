/** Freezes a value and all that it holds, and gives it back. Deep nesting needs no deep stack. */
export function deepFreeze<Value>(value: Value): Value {
  const pending: unknown[] = [value];
  for (const each of pending) {
    if (typeof each !== "object" || each === null || Object.isFrozen(each)) continue;
    Object.freeze(each);
    for (const inner of Object.values(each)) {
      if (typeof inner === "object") pending.push(inner);
    }
  }
  return value;
}
