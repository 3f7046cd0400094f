/**
 * A certificate authority and a server for localhost and 127.0.0.1, valid for a hundred years. Made by:
 *
 * openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -keyout ca.key -out ca.pem
 * openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout server.key -out server.csr
 * openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -days 36500 -out server.pem -extfile names
 */
export const authority = `-----BEGIN CERTIFICATE-----
MIIBiTCCAS+gAwIBAgIUbZcu4xFPUBQppVcXxs0uoCsnUO8wCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOVGVzdCBhdXRob3JpdHkwIBcNMjYxMTI2MTEzMDMwWhgPMjEy
NjExMDIxMTMwMzBaMBkxFzAVBgNVBAMMDlRlc3QgYXV0aG9yaXR5MFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEQ6CWXFUwRo0iH8sitL1dOon7lqXDdSsuoewwH6f/
bDFeBDRHRensGK0n4N3iot4NIKFNSgw6f5+V4HRexy0VO6NTMFEwHQYDVR0OBBYE
FHtD649EUKRq+ssR8mVKDgwyXTLGMB8GA1UdIwQYMBaAFHtD649EUKRq+ssR8mVK
DgwyXTLGMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgR3WjQbKQ
/ZBBO3N43zlTrajmNsJ0QB6poiSDCrgdSNwCIQDc7pBusaFMbUxeyqvkQC001tY6
YX+KLBefV9In4qCSBQ==
-----END CERTIFICATE-----
`;

export const certificate = `-----BEGIN CERTIFICATE-----
MIIBjzCCATWgAwIBAgIUO8pNg8raE2N6/2S9c1KSGPc/FKgwCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOVGVzdCBhdXRob3JpdHkwIBcNMjYxMTI2MTEzMDMwWhgPMjEy
NjExMDIxMTMwMzBaMBQxEjAQBgNVBAMMCWxvY2FsaG9zdDBZMBMGByqGSM49AgEG
CCqGSM49AwEHA0IABCg0yw0EC/Yhe/H5YoZLUHIcSNwAZQWyQpVoLk+rUCFc6+PF
zff8MOMVVYkJ3Z6rcQNexPoOZlSqSpSt4eW03SOjXjBcMBoGA1UdEQQTMBGCCWxv
Y2FsaG9zdIcEfwAAATAdBgNVHQ4EFgQUFSRqt1dcHuw8CPcr7tbr+OcRvGUwHwYD
VR0jBBgwFoAUe0Prj0RQpGr6yxHyZUoODDJdMsYwCgYIKoZIzj0EAwIDSAAwRQIh
AP+ggxjYYT1xp/qXF6sDEtPgp1hH3BnBDlXVq6iloaWkAiBM4td0lV0YR+vC65bm
opy/NDHdZafdkf6Ig7tyTcBVZQ==
-----END CERTIFICATE-----
`;

/** The same key certified for elsewhere.example. */
export const certificateForElsewhere = `-----BEGIN CERTIFICATE-----
MIIBkjCCATegAwIBAgIUO8pNg8raE2N6/2S9c1KSGPc/FKkwCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOVGVzdCBhdXRob3JpdHkwIBcNMjYxMTI2MTEzMDMwWhgPMjEy
NjExMDIxMTMwMzBaMBQxEjAQBgNVBAMMCWxvY2FsaG9zdDBZMBMGByqGSM49AgEG
CCqGSM49AwEHA0IABCg0yw0EC/Yhe/H5YoZLUHIcSNwAZQWyQpVoLk+rUCFc6+PF
zff8MOMVVYkJ3Z6rcQNexPoOZlSqSpSt4eW03SOjYDBeMBwGA1UdEQQVMBOCEWVs
c2V3aGVyZS5leGFtcGxlMB0GA1UdDgQWBBQVJGq3V1we7DwI9yvu1uv45xG8ZTAf
BgNVHSMEGDAWgBR7Q+uPRFCkavrLEfJlSg4MMl0yxjAKBggqhkjOPQQDAgNJADBG
AiEArWT3x1djWN/P3/MFkhjLlLxIgAnMOfHDNJz10JbPfqACIQDtwSseZbb6A3+M
b9NsTznzCv4MQTKaU5DFJuoVZyi0EA==
-----END CERTIFICATE-----
`;

export const privateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgRUpa+cHtnetz02kS
YvOywFcPOmTA+8SCfkJhq89yRuehRANCAAQoNMsNBAv2IXvx+WKGS1ByHEjcAGUF
skKVaC5Pq1AhXOvjxc33/DDjFVWJCd2eq3EDXsT6DmZUqkqUreHltN0j
-----END PRIVATE KEY-----
`;
