/** The partitions of AWS with a domain of their own, by the first part of their regions' names. */
const domains: Readonly<Record<string, string>> = {
  cn: "amazonaws.com.cn",
  eusc: "amazonaws.eu",
  "us-iso": "c2s.ic.gov",
  "us-isob": "sc2s.sgov.gov",
  "us-isof": "csp.hci.ic.gov",
  "eu-isoe": "cloud.adc-e.uk",
};

/** The host of a region's AWS STS. */
export function stsHost(region: string): string {
  const partition = /^(?:cn|eusc|us-iso[bf]?|eu-isoe)(?=-)/.exec(region)?.[0] ?? "";
  return `sts.${region}.${domains[partition] ?? "amazonaws.com"}`;
}
