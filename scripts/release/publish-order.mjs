/**
 * Puts packages in an order in which none comes before what it depends on.
 *
 * @template {{ name: string, manifest: Record<string, any> }} Package
 * @param {readonly Package[]} packages
 * @returns {Package[]}
 */
export function publishOrder(packages) {
  const names = packages.map(({ name }) => name);
  /** @type {Package[]} */
  const ordered = [];
  while (ordered.length < packages.length) {
    const placed = ordered.map(({ name }) => name);
    const next = packages.find(
      ({ name, manifest }) =>
        !placed.includes(name) &&
        Object.keys({ ...manifest["dependencies"], ...manifest["peerDependencies"] }).every(
          (needed) => !names.includes(needed) || placed.includes(needed),
        ),
    );
    if (!next) throw new Error(`Packages depend on one another in a circle, among ${names.join(", ")}.`);
    ordered.push(next);
  }
  return ordered;
}
