/** Exchanges that this server answers differently from the recorded one, each with the reason. */
export const deviations: Readonly<Record<string, string>> = {
  "487-lease-create-unlicensed-stock": "its license does not include dynamic secrets; here they need none",
};
