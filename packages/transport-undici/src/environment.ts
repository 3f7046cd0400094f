/** Whether the environment names a proxy. In lower case or capitals, as undici reads them. */
export function namesProxy(): boolean {
  const { http_proxy, HTTP_PROXY, https_proxy, HTTPS_PROXY } = process.env;
  return [http_proxy ?? HTTP_PROXY, https_proxy ?? HTTPS_PROXY].some((address) => Boolean(address));
}
