/** Whether the environment names a proxy; reads lower case before capitals, as undici does. */
export function namesProxy(): boolean {
  const { http_proxy, HTTP_PROXY, https_proxy, HTTPS_PROXY } = process.env;
  return [http_proxy ?? HTTP_PROXY, https_proxy ?? HTTPS_PROXY].some((address) => Boolean(address));
}
