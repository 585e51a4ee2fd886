import { type Gate, onFirstUse } from "./gate.ts";
import { isSecretLook, isStandIn, lookOf, trimSigns } from "./look.ts";
import type { Secret } from "./secret.ts";

/** A value of an option: in quotes, or up to the next space. */
const VALUE =
  "(?:\\\\?\"(?<double>[^\"\\n]{1,200}?)\\\\?\"|\\\\?'(?<single>[^'\\n]{1,200}?)\\\\?'|(?<word>[^\\s\"']{1,400}))";

/** A form of a command line, and whether every value of it is a secret. */
interface Form {
  /** Texts without any of these words are not searched, because most texts have none. */
  readonly words: readonly string[];
  readonly pattern: () => RegExp;
  readonly isSure: boolean;
}

/** Between a command and its option: the rest of the line, but no other command. */
const ARGUMENTS = "[^\\n|;]{0,300}?";

function form(words: string, source: string, isSure = true): Form {
  return { words: words.split(","), pattern: onFirstUse(() => new RegExp(source, "gi")), isSure };
}

const ATTACHED =
  "(?:mysql|mysqldump|mysqladmin|mysqlimport|mysqlsh|mariadb|mariadb-dump|sshpass|mongo|mongosh|7z|7za|7zz|rar|unrar|rdesktop|cbq|xtrabackup|mydumper|mycli)";
const SEPARATE =
  "(?:sshpass|(?:docker|podman|nerdctl|buildah|skopeo|oras|crane|helm|helm registry|oc|az|az acr|cf|ibmcloud|npm|argocd|vault|snyk|pulumi) login|mongo|mongosh|mongodump|mongorestore|mongoimport|mongoexport|pgcli|cqlsh|rabbitmqadmin|mosquitto_(?:pub|sub)|sqlcmd|bcp|zip|unzip|ipmitool|ldapsearch|ldapmodify|ldapadd|ldapwhoami|redis-cli|bw login|op signin|influx|clickhouse-client|ansible-vault|plink|pscp|putty|hydra|kinit|net rpc|winexe|evil-winrm|impacket-\\w{3,20}|crackmapexec|nxc|rclone|restic|lftp|snmpwalk|snmpget)";

const FORMS: readonly Form[] = [
  form(" -p", `(?<![\\w-])${ATTACHED}\\b${ARGUMENTS}\\s-p(?=[^\\s-])${VALUE}`),
  form(
    " -p, -a, -w, -k, -x, --pass",
    `(?<![\\w-])${SEPARATE}\\b${ARGUMENTS}\\s(?:-p|-P|-a|-w|-W|-k|-A|-X|--pass)[\\s=]{1,3}(?!-)${VALUE}`,
  ),
  form(" -p", `(?<![\\w-])-p(?=[^\\s\\d=:/.-])${VALUE}`, false),
  form("-p", `(?<![\\w-])-p(?=\\d{0,20}[a-z])${VALUE}`, false),
  form(
    "/p,pass, -n",
    `(?<![\\w-])(?:/p:|/pass:|/password:|/pwd:|-pass(?:in|out)?[\\s=]{1,2}(?:pass:)?|--?(?:store|key|src|dest|deststore|srcstore)pass[\\s=]{1,2}|pass:|-N[\\s=]{1,2}(?=["']))(?!env:|file:|stdin|fd:|-)${VALUE}`,
    false,
  ),
  // A user and a password.
  form(
    "-u,-a,--",
    `(?<![\\w-])(?:-u|-U|-a|--user|--proxy-user|--auth|--creds|--login|--username|--credentials|--basic)[=\\s]{0,2}(?:\\\\?["']){0,1}(?<user>[^\\s:"'@/\\\\]{1,64})[:%,](?!\\d{1,6}(?:\\s|$|["'])|\\/\\/)(?<word>[^\\s"']{1,200})`,
  ),
  form(
    "-u,-a,--",
    `(?<![\\w-])(?:-u|-U|-a|--user|--proxy-user|--auth|--creds|--login|--username)[=\\s]{0,2}\\\\?(?<quote>["'])(?<user>[^\\s:"'@/\\\\]{1,64})[:%](?<phrase>[^"'\\n]{1,100}\\s[^"'\\n]{1,100})\\k<quote>`,
  ),
  form(
    "sqlplus,exp,imp,rman,sqlldr",
    `\\b(?:sqlplus|expdp|impdp|exp|imp|rman|sqlldr)\\b${ARGUMENTS}(?<=\\s)[\\w$#]{1,40}\\/(?<word>[^\\s/@"']{2,100})`,
  ),
  form(
    "-p",
    `(?<![\\w-])(?:-u|-U|--user(?:name)?)[\\s=]{1,2}\\S{1,60}\\s[^\\n|;]{0,100}?(?<=\\s)-[pP]\\s{1,2}(?!-|\\d+:)${VALUE}`,
    false,
  ),
  form("user", `\\b(?:useradd|usermod|adduser)\\b${ARGUMENTS}\\s-p[\\s=]{1,2}(?!-)${VALUE}`),
  form(
    "rabbitmqctl",
    `\\brabbitmqctl\\s{1,3}(?:add_user|change_password|authenticate_user)\\s{1,3}\\S{1,60}\\s{1,3}${VALUE}`,
  ),
  form("<<<", `<<<\\s{0,3}${VALUE}`, false),
  form(
    "@",
    `(?<![\\w.+-])[\\w.+-]{1,60}@[\\w-]{1,60}\\.[\\w.-]{1,60}\\s?[/:|]\\s?(?<word>[^\\s"'/]{4,60})`,
    false,
  ),
  form(
    "htpasswd",
    `\\bhtpasswd\\s{1,3}-\\w{0,6}b\\w{0,6}\\s{1,3}\\S{1,100}\\s{1,3}\\S{1,60}\\s{1,3}${VALUE}`,
  ),
  form("net ", `\\bnet\\s{1,3}user\\s{1,3}\\S{1,60}\\s{1,3}(?!\\/)${VALUE}`),
  form("net ", `\\bnet\\s{1,3}use\\b${ARGUMENTS}\\s\\/user:\\S{1,80}\\s{1,3}(?!\\/)${VALUE}`),
  form("wpa_passphrase", `\\bwpa_passphrase\\s{1,3}\\S{1,60}\\s{1,3}${VALUE}`),
  form("nmcli", `\\bnmcli\\b${ARGUMENTS}\\spassword\\s{1,3}${VALUE}`),
  form(
    "bw ,vault ,doctl ",
    `\\b(?:bw unlock|vault login|vault token lookup|doctl auth init -t|bw login \\S{1,60})\\s{1,3}(?![-"'])${VALUE}`,
    false,
  ),
  form("curl", `\\bcurl\\b${ARGUMENTS}\\s-u\\s{0,2}["']?[^\\s:"'@/\\\\]{0,64}:${VALUE}`),
  form("db2", `\\bdb2\\b${ARGUMENTS}\\susing\\s{1,3}${VALUE}`),
  form(
    "chpasswd",
    `\\becho\\s{1,3}(?:-\\w{1,3}\\s{1,3}){0,2}["']?[\\w.-]{1,40}:(?<word>[^\\s"'|]{1,100})["']?\\s{0,3}\\|\\s{0,3}(?:sudo\\s{1,3})?chpasswd`,
  ),
  form(
    "echo ,printf ,print ",
    `\\b(?:echo|printf|print)\\s{1,3}(?:-\\w{1,3}\\s{1,3}){0,2}(?:'(?<single>[^'\\n]{2,200})'|"(?<double>[^"\\n]{2,200})"|(?<word>[^\\s"'|]{2,200}))\\s{0,3}\\|\\s{0,3}(?:sudo\\s{1,3}-\\w{0,4}S|(?:sudo\\s{1,3})?(?:passwd|docker login|podman login|helm registry login|gh auth login|cryptsetup|gpg|wrangler secret|gh secret|vercel env|openssl|kinit|npm login|smbpasswd))`,
  ),
  form(
    "<<<",
    `\\b(?:sudo\\s{1,3}-\\w{0,4}S|gh auth login|docker login|passwd|cryptsetup|kinit|gpg)\\b${ARGUMENTS}<<<\\s{0,3}${VALUE}`,
  ),
  form("gh ", `\\bgh\\s{1,3}secret\\s{1,3}set\\b${ARGUMENTS}\\s(?:--body|-b)[\\s=]{1,3}${VALUE}`),
  form("security ", `\\bsecurity\\s{1,3}add-\\w{1,10}-password\\b${ARGUMENTS}\\s-w\\s{1,3}${VALUE}`),
  form("gpg", `\\bgpg2?\\b${ARGUMENTS}\\s--passphrase[\\s=]{1,3}${VALUE}`),
  form(
    "openssl",
    `\\bopenssl\\b${ARGUMENTS}\\s-(?:k|K|passin|passout|pass)\\s{1,3}(?:pass:)?(?!env:|file:)${VALUE}`,
  ),
  form("ssh-keygen", `\\bssh-keygen\\b${ARGUMENTS}\\s-(?:N|P)\\s{1,3}(?=\\S)${VALUE}`),
  // Stores of secrets.
  form(
    "vault ",
    `(?<=\\bvault\\s{1,3}(?:kv\\s{1,3}(?:put|patch)\\s|write\\s[^\\n|;]{0,60}?\\b(?:secrets?|kv|cubbyhole)\\/)[^\\n|;]{0,300}\\s[\\w.-]{1,60}=)(?!@)${VALUE}`,
  ),
  form("--from-literal", `--from-literal[\\s=]{1,2}["']?[\\w.-]{1,60}=${VALUE}`),
  form("secret-string", `--secret-string[\\s=]{1,2}(?!file:)${VALUE}`),
  form(
    "put-parameter",
    `\\bput-parameter\\b(?=[^\\n]{0,300}SecureString)${ARGUMENTS}\\s--value[\\s=]{1,2}(?!file:)${VALUE}`,
  ),
  form("snmp", `\\bsnmp-?\\w{2,12}\\b${ARGUMENTS}\\s(?:-c|community)\\s{1,3}(?!string|is\\b|-)${VALUE}`),
  form("ssid,wifi,wi-fi,wlan", `\\b(?:ssid|wi-?fi|wlan)\\b[^\\n]{0,60}\\bkey\\s{1,3}${VALUE}`, false),
  // A file that a shell makes of what a command prints.
  form(
    "<(",
    `(?:pass|pwd|secret|token|key|cred|login|auth)[^\\n]{0,60}<\\(\\s{0,3}(?:echo|printf|print)\\s{1,3}(?:-\\w{1,3}\\s{1,3}){0,2}(?:["']?%s(?:\\\\n)?["']?\\s{1,3})?(?:'(?<single>[^'\\n]{2,200})'|"(?<double>[^"\\n]{2,200})"|(?<word>[^\\s"')]{2,200}))`,
  ),
  // Databases and servers.
  form("identified", `\\bIDENTIFIED\\s{1,3}(?:WITH\\s{1,3}\\S{1,40}\\s{1,3})?(?:BY|AS)\\s{1,3}${VALUE}`),
  form("requirepass,masterauth", `\\b(?:requirepass|masterauth|requirepassword)["'\\s=:]{1,4}${VALUE}`),
  form(
    "password",
    `\\b(?:ENCRYPTED\\s{1,3}|SET\\s{1,3}|WITH\\s{1,3}|LOGIN\\s{1,3})PASSWORD\\s[^\\n'"]{0,60}["'](?<word>[^"'\\n]{1,200})["']`,
  ),
  form("auth ", `(?<![\\w-])AUTH\\s{1,3}(?:default\\s{1,3})?(?=\\S{0,30}\\d)${VALUE}`, false),
  // Files of logins.
  form(
    "machine",
    `\\bmachine\\s{1,3}\\S{1,100}\\s{1,3}login\\s{1,3}\\S{1,100}\\s{1,3}(?:password|account)\\s{1,3}${VALUE}`,
  ),
  form(":", `(?<![\\w:])[\\w.*-]{1,80}:(?:\\d{2,5}|\\*):[\\w*-]{1,60}:[\\w*-]{1,60}:(?<word>[^\\s:]{2,100})`),
  form(
    "new-object",
    `\\bnew-object\\s[^\\n]{0,60}credential\\s?\\([^,\\n]{1,60},\\s{0,3}["'](?<word>[^"'\\n]{1,100})["']`,
  ),
  form("convertto", `\\bConvertTo-SecureString\\s{1,3}(?:-String\\s{1,3})?(?=["'])${VALUE}`),
  form(
    "auth,login,cred,connect,signin",
    `\\b(?:auth|basic_?auth|httpbasicauth|login|credentials?|connect|authenticate|signin|setauth)(?:\\s?=\\s?)?\\(\\s{0,3}(?:[\\w.]{1,40}\\s{0,2},\\s{0,3})?(?:\\w{1,20}\\s?=\\s?)?\\(?["'][^"'\\n]{1,80}["']\\s{0,3},\\s{0,3}(?:\\w{1,20}\\s?=\\s?)?["'](?<word>[^"'\\n]{1,100})["']`,
    false,
  ),
  // Headers.
  form(
    "authorization",
    `\\bauthorization\\b["'\\\\]{0,3}\\s{0,3}[:=,]?\\s{0,3}["'\\\\]{0,3}(?:bearer|basic|token|apikey|bot|key|negotiate|splunk|ssws|jwt|oauth|hmac|aws4-hmac-sha256|digest|credential|genie-?key)\\b[\\s:=]{1,4}(?!token\\b|auth|header|realm)(?<word>[^"'\\n\\\\]{3,600}?)(?=["'\\\\\\n]|$|\\s(?=[^=]{0,40}$|(?:to|and|in|with|for|on|header|please|then|und|et|y|i)\\b))`,
  ),
  form(
    "bearer,basic",
    `(?<![A-Za-z])(?:bearer|basic)\\s{1,3}(?!auth|token|realm|scheme|header)(?=[\\w+/.~-]{0,400}\\d)(?<word>[\\w+/.~=-]{5,2000})`,
    false,
  ),
  form("basic", `\\bbasic\\s{1,3}(?<word>[A-Za-z0-9+/]{8,400}={1,2})`),
  form(
    "cookie",
    `(?<![\\w-])(?:set-)?cookie2?["'\\\\]{0,3}\\s{0,3}:\\s{0,3}["'\\\\]{0,3}(?!\\s{0,3}(?:[\\w-]{1,20};\\s?){0,4}(?:samesite|path|domain|max-age|expires|version)=)(?<word>[^\\n"']{0,40}=[^\\n"']{1,1000})`,
  ),
  form("digest", `\\bdigest\\s{1,3}(?=\\w{1,20}=)(?<word>[^\\n']{3,600})`),
  form(
    "base64,sum,crypt",
    `\\b(?:echo|printf)\\s{1,3}(?:-\\w{1,3}\\s{1,3}){0,2}${VALUE}\\s{0,3}\\|\\s{0,3}(?:base64|md5sum|sha\\d{1,3}sum|mkpasswd|openssl|bcrypt)`,
    false,
  ),
  form(
    "-b,--cookie",
    `(?<![\\w-])(?:-b|--cookie)[\\s=]{1,3}(?<quote>["'])(?<word>[^"'\\n]{0,60}=[^"'\\n]{1,600})\\k<quote>`,
  ),
  // A well-known user and a password.
  form(
    "admin,root,postgres,guest,sa:,sa/,ubuntu,ec2,oracle,superuser,operator,demo,elastic,jenkins,nexus,minio,sonar",
    `(?<![\\w/.@-])(?:admin|administrator|root|postgres|guest|sa|ubuntu|ec2-user|oracle|sysadmin|superuser|operator|demo|elastic|jenkins|nexus|minio|minioadmin|sonar)\\s?[:/]\\s?(?=[^\\s/]{0,40}\\d)(?<word>[^\\s"'/:@]{4,60})`,
    false,
  ),
];

/** Finds passwords and tokens in command lines, headers and files of logins. */
export function findInCommands(text: string, gate: Gate): Secret[] {
  const lower = text.toLowerCase();
  return FORMS.filter(({ words }) => gate(words.some((word) => lower.includes(word)))).flatMap(
    ({ pattern, isSure }) => [...text.matchAll(pattern())].flatMap((match) => judge(match, isSure)),
  );
}

function judge(
  { 0: whole, index, groups = {} }: RegExpMatchArray & { index: number },
  isSure: boolean,
): Secret[] {
  const { double, single, word = double ?? single, phrase = word } = groups;
  if (phrase === undefined) return [];
  const look = lookOf(phrase);
  const isSecret = isSure ? !isStandIn(trimSigns(phrase)) && look !== "stand-in" : isSecretLook(look);
  if (!isSecret || /^\d{1,5}(?::\d{1,5})?$/u.test(phrase)) return [];
  const start = index + whole.lastIndexOf(phrase);
  return [{ start, end: start + phrase.length, rule: "command-secret", isCertain: true }];
}
