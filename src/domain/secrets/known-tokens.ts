import { type Gate, onFirstUse } from "./gate.ts";
import type { Secret } from "./secret.ts";

/** Word characters and `-`, of which most tokens are made. */
const BODY = "[\\w-]";

/** The published beginnings of tokens, and the shortest rest after each, in characters. */
const PREFIXES: readonly (readonly [beginnings: string, rest: number, body?: string])[] = [
  // Forges and their tools.
  ["gh[opusr]_", 16],
  ["github_pat_", 16],
  ["gl(?:pat|dt|rt|rtr|cbt|ptt|ft|soat|imt|agent|oas|ffct|wt)-", 10],
  ["GR1348941", 10],
  ["(?:ATATT3|ATCTT3|ATBB|ATTO)", 16, "[\\w=-]"],
  [
    "(?:sq[upa]|sgp|sntry[su]|bkua|nfp|sbp|dckr_(?:pat|oat)|CCIPAT|ccipat|tfp|waka|rdme|pnu|linear|zpka)_",
    12,
    "[\\w=.-]",
  ],
  ["lin_(?:api|oauth)_", 16],
  [
    "(?:npm|rubygems|hf|api_org|gsk|r8|rnd|napi|essu|tgp_v1|jina|e2b|bb_live|lsv2_(?:pt|sk))_",
    16,
    "[A-Za-z0-9]",
  ],
  ["re_(?=[A-Za-z0-9]{0,9}\\d)", 16],
  ["pypi-AgE", 8],
  ["oy2", 43, "[a-z0-9]"],
  ["CLOJARS_", 16],
  // Clouds.
  ["(?:AKIA|ASIA|AROA|AIDA|AGPA|ANPA|ANVA|ABIA|ACCA)", 12, "[A-Z0-9]"],
  ["AIza", 20],
  ["(?:ya29\\.|GOCSPX-|1//0)", 16],
  ["LTAI", 12, "[A-Za-z0-9]"],
  ["AKID", 13, "[A-Za-z0-9]"],
  [
    "(?:do[opr]_v1_|dp\\.(?:pt|st|ct|sa|scim|audit)\\.|HRKU-|FlyV1 |fm2_|pscale_(?:tkn|pw|oauth)_|sb_secret_|tskey-)",
    12,
    "[\\w.=+/-]",
  ],
  ["hv[sbr]\\.", 16],
  ["\\w{14}\\.atlasv1\\.", 20],
  [
    "(?:pul-|dapi|glsa_|glc_|AGE-SECRET-KEY-1|ops_eyJ|A3-|nvapi-|csk-|fc-|tvly-|pplx-|xai-|pat-(?:na|eu)\\d-|pat\\w{14}\\.)",
    20,
    "[\\w=.-]",
  ],
  ["\\w{3}[78]Q~", 24, "[\\w.~-]"],
  ["(?:dt0c01|dt0s\\d\\d)\\.", 20, "[\\w.]"],
  ["NR(?:AK|II|JS|RA|AL)-", 12],
  ["sha256~", 20],
  // Models.
  ["sk-", 16],
  ["(?:sk|pk)-lf-", 16],
  ["esecret_", 12],
  // Payments, mail, chat and work.
  ["(?:sk|rk|pk|shippo)_(?:live|test)_", 8],
  ["(?:whsec|rzp_live|rzp_test|duffel_live|duffel_test|polar_oat|ntn|figd|figo|FLWSECK(?:_TEST)?)_", 8],
  ["FLWSECK(?:_TEST)?-", 8],
  ["shp(?:at|ca|pa|ss|ua)_", 16],
  ["(?:sq0(?:atp|csp|idp)-|EAAA)", 20],
  ["access_token\\$(?:production|sandbox)\\$", 8, "[\\w$]"],
  ["(?:SK|AC)(?=[0-9a-f]{32}(?!\\w))", 32],
  ["SG\\.", 16, "[\\w.-]"],
  ["key-(?=[0-9a-f]{32})", 32],
  ["xkeysib-", 16],
  ["xox[a-z]-", 8],
  ["xapp-", 8],
  ["xwfp-", 8],
  ["(?:PMAK|CFPAT|EZAK|EZTK|sdk|mob)-(?=\\w{8})(?=[\\w-]{0,30}\\d)", 24],
  ["secret_(?=[A-Za-z0-9]{0,40}\\d)", 30],
  ["(?:sk|pk)\\.eyJ", 16, "[\\w.-]"],
  ["EAA[A-Z]", 40, "[A-Za-z0-9]"],
  ["AAAAAAAAAAAAAAAAAAAAA", 30, "[\\w%]"],
  ["AQVN", 30],
  ["AKCp", 30],
  ["FwoGZXIvYXdzE", 16, "[\\w/+=]"],
  ["IQoJb3JpZ2luX", 16, "[\\w/+=]"],
  ["b3BlbnNzaC1rZXktdjE", 8, "[\\w/+=]"],
  ["[xyz]prv", 60, "[A-Za-z0-9]"],
];

/** Tokens whose form is more than a beginning and a rest. */
const FORMS: readonly string[] = [
  // JSON web tokens, signed, encrypted or cut.
  "(?<![\\w.-])eyJ[\\w-]{8,4096}(?:\\.[\\w-]{0,4096}){1,4}",
  // Keys of bots.
  "(?<!\\d)\\d{8,10}:AA[\\w-]{30,40}",
  "\\b[MNO][\\w-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,40}",
  // Password hashes.
  "\\$(?:2[abxy]|[156y]|apr1|argon2\\w{1,2}|scrypt|pbkdf2[\\w-]{0,10})\\$[\\w./$,=+-]{16,400}",
  "\\{(?:SSHA|SHA|MD5|CRYPT)\\d{0,3}\\}[\\w/+=]{16,200}",
  // Addresses that are secrets themselves.
  "\\bhooks\\.slack\\.com/(?:services|workflows|triggers)/[\\w/-]{8,200}",
  "\\bdiscord(?:app)?\\.com/api/webhooks/[\\w/-]{8,200}",
  "\\b[\\w.-]{1,60}\\.webhook\\.office\\.com/[\\w/@-]{8,400}",
  "\\b[0-9a-f]{32}-us\\d{1,2}\\b",
  "\\bWIFI:[^\\n\"']{4,200}?(?:;;|$)",
];

/** Matches all known tokens. A rest is bounded because no token is longer, and so that matching stays linear. */
const known = onFirstUse(
  () =>
    new RegExp(
      [
        ...PREFIXES.map(
          ([start, rest, body = BODY]) => `(?<![A-Za-z0-9_])(?:${start})${body}{${rest},4096}=*`,
        ),
        ...FORMS,
      ].join("|"),
      "gu",
    ),
);

/** Each token has so many characters without a space, and not only small letters. */
const LONG_WORD = /(?<!\S)(?=\S{12})[a-z]*[^a-z\s]\S/u;

/** The first token has a space in it, the second may. */
const SPACED = /FlyV1 |WIFI:/u;

const BEGIN = /-{2,5} ?BEGIN [A-Z0-9 ]{0,40}(?:PRIVATE KEY|SECRET KEY)[A-Z ]{0,10} ?-{2,5}/gu;
const END = /-{2,5} ?END [A-Z0-9 ]{0,40}KEY[A-Z ]{0,10} ?-{2,5}/gu;
const PUTTY = /PuTTY-User-Key-File-\d|Private-Lines: ?\d/gu;

/** Finds tokens of known services by their published form. */
export function findKnownTokens(text: string, gate: Gate): Secret[] {
  if (!gate(LONG_WORD.test(text) || SPACED.test(text))) return [];
  return [...text.matchAll(known())]
    .filter(([token]) => !isExample(token))
    .map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      rule: "known-token",
      isCertain: true,
    }));
}

/** Whether a token is one character repeated or words only, such as `sk-xxxxxxxxxxxxxxxx` or `sk-your-key-goes-here`. */
function isExample(token: string): boolean {
  return /(?:([xX*.0])\1{7})/u.test(token) || /^(?:[a-z]{2,12}[-_]){2,12}[a-z]{2,12}$/u.test(token);
}

/** Finds private keys, from their first line to their last, or to the end of a text that cuts them. */
export function findPrivateKeys(text: string, gate: Gate): Secret[] {
  if (!gate(text.includes("BEGIN ") || text.includes("PuTTY-") || text.includes("Private-Lines:"))) return [];
  const found: Secret[] = [];
  let done = 0;
  for (const { index: start } of [...text.matchAll(BEGIN), ...text.matchAll(PUTTY)]) {
    if (start < done) continue;
    END.lastIndex = start;
    const last = END.exec(text);
    done = last === null ? text.length : last.index + last[0].length;
    found.push({ start, end: done, rule: "private-key", isCertain: true });
  }
  return found;
}
