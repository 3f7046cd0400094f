/*
 * The certificates of the transport server, and the one key that all of them share. They secure nothing: they are
 * public, and name this machine only. The key of the authority is not kept, so nobody can sign more of them.
 * They are made with OpenSSL 3 by this script, whose extensions go through `printf` for their line breaks:
 *
 *   set -e
 *   printf '[ca]\ndefault_ca=d\n[d]\nnew_certs_dir=.\ndatabase=index\nserial=serial\ndefault_md=sha256\npolicy=p\n' > ca.cnf
 *   printf 'unique_subject=no\n[p]\ncommonName=supplied\n' >> ca.cnf
 *   touch index; echo 01 > serial
 *   sign() { # file, key, extensions, first day, last day, how
 *     openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out new.key
 *     [ -f "$2.key" ] || mv new.key "$2.key"
 *     openssl req -new -key "$2.key" -subj "/CN=$1" -out "$1.csr"
 *     printf "$3" > "$1.ext"
 *     openssl ca -batch -config ca.cnf -in "$1.csr" -out "$1.pem" -notext \
 *       -startdate "$4" -enddate "$5" -extfile "$1.ext" $6
 *   }
 *   leaf() {
 *     printf "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n"
 *     printf "extendedKeyUsage=serverAuth\nsubjectAltName=$1\n"
 *   }
 *   here=DNS:localhost,IP:127.0.0.1
 *   from=20200101000000Z; to=21200101000000Z
 *   by="-cert ca.pem -keyfile ca.key"
 *   sign ca ca "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n" $from $to "-selfsign -keyfile ca.key"
 *   sign trusted server "$(leaf $here)" $from $to "$by"
 *   sign expired server "$(leaf $here)" $from 20200201000000Z "$by"
 *   sign elsewhere server "$(leaf DNS:elsewhere.invalid)" $from $to "$by"
 *   sign untrusted server "$(leaf $here)" $from $to "-selfsign -keyfile server.key"
 */

/** The authority that signs `trusted`, `expired` and `elsewhere`; valid from 2020 to 2120. */
export const authority: string = `-----BEGIN CERTIFICATE-----
MIIBSzCB86ADAgECAgEBMAoGCCqGSM49BAMCMA0xCzAJBgNVBAMMAmNhMCAXDTIw
MDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjANMQswCQYDVQQDDAJjYTBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABIMd1KVsHtyK6XsCHq5r5J+o77dJ+kLriinj
up7MmzW3CTyxDz3FdGBGQ8y4koXP0Fm1iF8227cQ2n8F0vpncsWjQjBAMA8GA1Ud
EwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgIEMB0GA1UdDgQWBBRMKbJa11TsOX3d
TQfJhgvEpDS5JDAKBggqhkjOPQQDAgNHADBEAiBRsFeWV6R3RFLxKADxMKW+2iVl
Nys+bwqZvBtqgUBjiQIgHNQa5cRzimMBg4pqHkVDqscePlQPMWFWztp+aouQ29Y=
-----END CERTIFICATE-----
`;

/** The key of every certificate but the authority's. */
export const key: string = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgfT7Z87ERXvgemk5p
1ZrTmDSJ6ouI5ES5Z5sotXlumrOhRANCAATe0Iy+2ppzh9Zw7yQKVotD0LN44In/
5cssu4ohMROajfADhm+FHeGRHWCIV5uuhWkVLC3qAhk3IIe+pUFWo4iH
-----END PRIVATE KEY-----
`;

/** For this machine, valid from 2020 to 2120. */
export const trusted: string = `-----BEGIN CERTIFICATE-----
MIIBozCCAUmgAwIBAgIBAjAKBggqhkjOPQQDAjANMQswCQYDVQQDDAJjYTAgFw0y
MDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowEjEQMA4GA1UEAwwHdHJ1c3Rl
ZDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABN7QjL7amnOH1nDvJApWi0PQs3jg
if/lyyy7iiExE5qN8AOGb4Ud4ZEdYIhXm66FaRUsLeoCGTcgh76lQVajiIejgZIw
gY8wDAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8EBAMCB4AwEwYDVR0lBAwwCgYIKwYB
BQUHAwEwGgYDVR0RBBMwEYIJbG9jYWxob3N0hwR/AAABMB0GA1UdDgQWBBRc/3su
iEqUToaVmmLbdSjHdQiIXDAfBgNVHSMEGDAWgBRMKbJa11TsOX3dTQfJhgvEpDS5
JDAKBggqhkjOPQQDAgNIADBFAiBMMOkY4USniKXDU+qfo3YS0K8Ryozu9tn/HUEc
akiJGgIhAJYKME9IXgH70jVQVwkcO7u/GdbVydQWIBPWg6VHG55J
-----END CERTIFICATE-----
`;

/** For this machine, valid in January 2020. */
export const expired: string = `-----BEGIN CERTIFICATE-----
MIIBoTCCAUegAwIBAgIBAzAKBggqhkjOPQQDAjANMQswCQYDVQQDDAJjYTAeFw0y
MDAxMDEwMDAwMDBaFw0yMDAyMDEwMDAwMDBaMBIxEDAOBgNVBAMMB2V4cGlyZWQw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATe0Iy+2ppzh9Zw7yQKVotD0LN44In/
5cssu4ohMROajfADhm+FHeGRHWCIV5uuhWkVLC3qAhk3IIe+pUFWo4iHo4GSMIGP
MAwGA1UdEwEB/wQCMAAwDgYDVR0PAQH/BAQDAgeAMBMGA1UdJQQMMAoGCCsGAQUF
BwMBMBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAdBgNVHQ4EFgQUXP97LohK
lE6GlZpi23Uox3UIiFwwHwYDVR0jBBgwFoAUTCmyWtdU7Dl93U0HyYYLxKQ0uSQw
CgYIKoZIzj0EAwIDSAAwRQIgW7dCORY82yPSs5uKIBs+DarQtqQI2lFDfnJemg8T
j/gCIQC9+SsUwxNGY7Ckbee4p3fI6bV5cs4XduDyUzYSys4k4g==
-----END CERTIFICATE-----
`;

/** For `elsewhere.invalid`, valid from 2020 to 2120. */
export const elsewhere: string = `-----BEGIN CERTIFICATE-----
MIIBpjCCAU2gAwIBAgIBBDAKBggqhkjOPQQDAjANMQswCQYDVQQDDAJjYTAgFw0y
MDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowFDESMBAGA1UEAwwJZWxzZXdo
ZXJlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE3tCMvtqac4fWcO8kClaLQ9Cz
eOCJ/+XLLLuKITETmo3wA4ZvhR3hkR1giFebroVpFSwt6gIZNyCHvqVBVqOIh6OB
lDCBkTAMBgNVHRMBAf8EAjAAMA4GA1UdDwEB/wQEAwIHgDATBgNVHSUEDDAKBggr
BgEFBQcDATAcBgNVHREEFTATghFlbHNld2hlcmUuaW52YWxpZDAdBgNVHQ4EFgQU
XP97LohKlE6GlZpi23Uox3UIiFwwHwYDVR0jBBgwFoAUTCmyWtdU7Dl93U0HyYYL
xKQ0uSQwCgYIKoZIzj0EAwIDRwAwRAIgdjHR+e2L5wfKjBZ0/61JORrkqT89HpHb
o6bsnRMbwf4CIGqh3y35BFoU9xhLlNXrl/GPtxahaTKiv9RseoEcFdI5
-----END CERTIFICATE-----
`;

/** For this machine, valid from 2020 to 2120, and signed by itself. */
export const untrusted: string = `-----BEGIN CERTIFICATE-----
MIIBiTCCAS+gAwIBAgIBBTAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAl1bnRydXN0
ZWQwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CXVudHJ1c3RlZDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABN7QjL7amnOH1nDv
JApWi0PQs3jgif/lyyy7iiExE5qN8AOGb4Ud4ZEdYIhXm66FaRUsLeoCGTcgh76l
QVajiIejcDBuMAwGA1UdEwEB/wQCMAAwDgYDVR0PAQH/BAQDAgeAMBMGA1UdJQQM
MAoGCCsGAQUFBwMBMBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAdBgNVHQ4E
FgQUXP97LohKlE6GlZpi23Uox3UIiFwwCgYIKoZIzj0EAwIDSAAwRQIgSC/Wc7EM
FKW3vyB7oRZUn7w/z28l61ZM3wXWY8huxPoCIQCnGwjgXkl9eDG+iVtKaHfwSGzh
gx7CbrkzFetDuqYsbA==
-----END CERTIFICATE-----
`;
