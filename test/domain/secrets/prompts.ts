/** Prompts as developers write them, without a secret. Many have words, ids and digests that look like one. */
const WRITTEN = String.raw`
Add a password reset form to the settings page
credentials: 'include' must be set on fetch
set credentials: "same-origin" or credentials: "omit" in the fetch wrapper
Fix the token bucket so that it refills once per second
Write a secret santa generator with a web page
Explain the api key handling in src/auth/keys.ts
Pass the value from the parent to the child component
Start the dev server with -p 8080 and open the page
Why does the password field lose focus when I type
The token expires after 3600 seconds, make that configurable
Rename the column password_hash to password_digest in a migration
The login page returns 401 after the session cookie expires
Store the refresh token in an httpOnly cookie instead of local storage
Implement OAuth2 with PKCE for the mobile client
Why is the token undefined when I reload the page
Add a show password toggle to the login form
Validate that the password has at least 8 characters
The password is hashed with bcrypt and a cost of 12
The password is required and must be at least 12 characters long
the token is refreshed twice, find out why
the secret is rotated every 90 days by a cron job
the password is wrong error is shown even for valid logins
Make sure that no password is logged anywhere
Tokens are counted wrong for Chinese text
max_tokens: 4096 is too low for this model, raise it to 8192
Set max_tokens=4096 and temperature=0.2 in the request
The tokenizer splits emoji into 3 tokens
Write a tokenizer for the expression grammar
Compare the keys of both maps and report what is missing
The primary key is user_id and the foreign key is order_id
Use the key issue-42 for the claim
Add a keyboard shortcut: Ctrl+Shift+P opens the palette
Move API_KEY from the config file to an environment variable
Read the token from process.env.GITHUB_TOKEN
Document which env vars are needed: DATABASE_URL, API_KEY, SECRET_KEY
password: string should be password?: string in the User type
type Credentials = { user: string; password: string }
const token = await getToken(user) never resolves
const token = jwt.sign(payload, secret) throws secretOrPrivateKey must have a value
interface Props { token: string | null; onLogin: () => void }
token = generate_token(user.id) should be called once
password = getpass.getpass() hangs in CI
api_key=os.environ["API_KEY"] raises KeyError
export TOKEN=$GITHUB_TOKEN does nothing in the workflow
curl -H "Authorization: Bearer $TOKEN" https://api.example.com gives 403
curl -u $USER:$PASS https://example.com prints nothing
curl -H "Authorization: Bearer <token>" https://api.example.com/v1/users
docker run -p 8080:80 -e POSTGRES_PASSWORD=$PGPASS postgres:16
docker run -u 1000:1000 -p 3000:3000 app:latest
mkdir -p src/components/forms && touch index.ts
tsc -p tsconfig.build.json reports 14 errors
git push -u origin feature/login-form fails with non-fast-forward
grep -rn "password" src and list the files
Revert commit 3f2a9c1d and run the tests again
Cherry-pick 8d3f1e2a4b5c6d7e8f9012345678901234567890 onto release/2.4
git bisect says 4b825dc642cb6eb9a060e54bf8d69288fbee4904 is the first bad commit
The checksum is e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855, verify it
md5 d41d8cd98f00b204e9800998ecf8427e means that the file is empty
The user 550e8400-e29b-41d4-a716-446655440000 cannot log in
Why does request 7c9e6679-7425-40de-944b-e07fc1f90ae7 take 9 seconds
Look at trace id 4bf92f3577b34da6a3ce929d0e0e4736 in the logs
The message 01ARZ3NDEKTSV4RRFFQ69G5FAV was sent twice
Decode the base64 text SGVsbG8gd29ybGQsIGhvdyBhcmUgeW91IHRvZGF5Pw== and print it
aGVsbG8gd29ybGQ= is what the test expects
integrity sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg== does not match
Pin the action to actions/checkout@b4ffde65f46336ab88eb53be808477a3936bae11
image: nginx@sha256:4c0fdaa8b6341bfdeca5f18f7837462c80cff90527ee35ef185571e1c327beac fails to pull
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPjL9VtKgXzTlQ5h8t3vY0rZyq5xq3m9w2c1b7n8d6fE me@laptop is my public key
SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8 is the fingerprint of github.com
data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ is the broken icon
Open https://docs.google.com/document/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit and summarise it
See https://github.com/acme/app/commit/9fceb02d0ae598e95dc970b74767f19372d61af8 for how it was done
https://stackoverflow.com/questions/11227809/why-is-processing-a-sorted-array-faster explains it
https://www.youtube.com/watch?v=dQw4w9WgXcQ is the talk that I mean
http://localhost:3000/users/me@example.com returns 404
http://localhost:8080/@scope/pkg is not found
ssh://git@github.com/acme/app.git is the remote
git@github.com:acme/app.git is the remote, switch it to https
npm install react@18.3.1 and @types/node@20 please
npm:@acme/ui@^1.2.0 is not resolved in the lock file
Upgrade pnpm to 9.12.3+sha512.cce0f9de9c5a7c95bef944169cc5dfe8741abfb145078c0d508b868056848a87
src/app/coding-tools/tool-session.ts:123:45 has a type error
Refactor getUserByIdFromDatabase2 into smaller functions
The test at test/e2e/hooks.long.test.ts fails on Node 20.19.0
Rename AbstractSingletonProxyFactoryBean2Impl, nobody can read it
Move com.example.project.internal.UserServiceImplV2 to its own package
Check that session-4-deployment answers collab-1763229251-k3f9
Ask session-2 whether PROJ-1234 is done
The branch feature/PROJ-1234-password-reset needs a rebase
the i18n keys for login.form.password.label are missing in de.json
Add aria-label to the password input
The user name is bob and the role is admin
log in as admin and check that the dashboard loads
Log in with Google does not work on iOS 17
login with OAuth2 redirects to the wrong url
sign in with Apple needs a new redirect uri
Credentials are read from the vault at start
The credentials file is not found on Windows
credentials: stored in the OS keychain, see docs/auth.md
Add two-factor authentication with TOTP codes
The verification code input should have 6 boxes
Set pin 13 high and blink the LED every 500 ms
GPIO pin 4 is used for the button
Pin the version of esbuild to 0.21.5
pass the options object through to the worker
make all tests pass before you commit
12 pass, 3 fail: fix the three
The tests pass locally but not in CI
Pass arg1 and arg2 to the script
Show the key and the value in a table
The cache key is user:42:profile, add the tenant to it
Add an index on (tenant_id, created_at)
Add a secret scanning step to the workflow
Rotate the secrets in GitHub Actions and document how
Which secrets does the deploy workflow need
The secret is stored in Vault under secret/data/app
secretKeyRef: name: db-secret, key: password is not found
kubectl get secret db-credentials -o yaml shows nothing
Mount the secret as a file at /run/secrets/db_password
POSTGRES_PASSWORD_FILE=/run/secrets/db_password is not read
PASSWORD_MIN_LENGTH=12 should come from the settings
TOKEN_TTL=3600 and TOKEN_ISSUER=https://auth.example.com are new settings
password_policy: strict is ignored by the validator
token_url: https://auth.example.com/oauth/token returns 500
Add the header X-Request-Id to every response
Remove the header X-Powered-By
The Authorization header is missing in the preflight request
The Authorization header must be set by the gateway
Use Bearer authentication in the OpenAPI file
Basic auth is disabled, use bearer tokens
The bearer token is not sent on redirect
CORS blocks the Authorization header on localhost:5173
Set-Cookie is ignored because SameSite is missing
The cookie banner covers the button on small screens
Explain how JWT signatures with RS256 work
Switch from HS256 to ES256 for the access tokens
Write a test for expired tokens
What is the difference between an access token and an id token
Make the password strength meter use zxcvbn
Replace md5 with argon2id for password hashing
Users with a blank password can log in, fix it
Do not send the password in the query string
Password reset e-mails are sent twice
The reset token should be valid for 15 minutes
Add a forgot password link below the form
Add the password rules to the README: 12 characters, one digit
password and confirm password do not match message is in the wrong place
Translate "Password" and "Forgot password?" to German
The label "Password" is cut off on small screens
error: password authentication failed for user "postgres"
fatal: could not read Password for 'https://github.com': terminal prompts disabled
npm ERR! code E401 npm ERR! Unable to authenticate, your authentication token seems to be invalid
SyntaxError: Unexpected token '<', "<!DOCTYPE "... is not valid JSON
Unexpected token } in JSON at position 42 in package.json
error: unexpected token ; expected expression at line 12
invalid character in token at column 7
yacc reports a syntax error near token IDENTIFIER
Add a CancellationToken to all async methods
The CSRF token is missing in the upload form
The design tokens live in tokens/colors.json, generate css from them
Use design token color.primary.500 for the button
The token count for this prompt is 1234
Stop after 2000 tokens and print a warning
Count tokens with gpt-tokenizer and the o200k_base encoding
Add a budget of 300 tokens to the primer
The ERC20 token contract reverts on transfer
Deploy the NFT at 0x52908400098527886E0F7030069857D2E4169EE7 to the test net
Transaction 0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060 reverted
Use the AES-256-GCM cipher with a random nonce
Generate an RSA key pair with 4096 bits in the test
The public key is served at /.well-known/jwks.json
Load the private key from a file instead of the environment
Explain how the key exchange works in TLS 1.3
Add ssh key support to the clone dialog
The license key check runs on every start, cache it
encryption key rotation is not documented
Sort the keys of the JSON output
The session id is not unique when two tabs open at once
Session cookie handling breaks behind the proxy
Add a salt to the hash, see RFC 8018
Add a signature to the webhook payload and verify it
The webhook signature check fails for empty bodies
code 137 means that the container ran out of memory
exit code 0 but nothing was written
Error code 0x80070005 appears on Windows 11
The status code is 422 instead of 400
Explain code splitting in vite.config.ts
Bump the version to 2.0.0-rc.1 and tag it
Deploy build 20250131.4 to staging
Compare p95 and p99 latency of v1.12.3 and v1.13.0
Run the benchmark with 10k rows and 64 threads
Rows 100-200 of data/2024-05-01.csv are broken
Why does new Date("2024-02-30T00:00:00Z") not throw
Convert 1700000000 to an ISO date
Port the shell script to Node 20 and keep its flags
Write a regex for semver such as 1.2.3-beta.4+build.5
Parse "key=value" lines and ignore comments
Parse lines such as name = value in the ini file
Write a parser for .env files
Add .env to .gitignore and remove it from the history
What does set -euo pipefail do
Run hive sync and tell me who is online
hive request session-1-dashboard "Need a UI" high
Send a broadcast that port 8005 is taken
Summarise the open requests for session-3-backend
Read docs/agents.md and CLAUDE.md first, then start on issue 11
Continue with item 9 of the plan
Fix the flaky test in test/store/landing
Speed up npm test, it takes 4 minutes
Use pnpm instead of npm in all workflows
Add GitHub Actions for lint, test and build on node 20, 22 and 24
The workflow fails with "Resource not accessible by integration"
permissions: contents: read, id-token: write is missing in the workflow
Use secrets.GITHUB_TOKEN instead of a PAT
env: TOKEN: \${{ secrets.DEPLOY_TOKEN }} is empty in forks
with: token: \${{ github.token }} should be enough
ARG NPM_TOKEN is not passed to the build stage
password: \${DB_PASSWORD} is not replaced in application.yml
password: {{ .Values.db.password }} renders as null
password: ***** is printed in the log, good
api_key: "<your-api-key>" in the README should mention the docs
API_KEY=your-api-key-here in .env.example is confusing
token: xxxxxxxx in the docs should be a placeholder
Add password: z.string().min(8) to the schema
useState("") for the password should be a ref
setPassword(e.target.value) rerenders the whole form
if (password !== confirmPassword) shows the wrong message
if token == "" then return an error
assert token is not None
SELECT password FROM users WHERE id = 1 is in the log, remove it
ALTER TABLE users ADD COLUMN password_hash text
UPDATE users SET token = NULL WHERE expired
Write SQL that finds duplicate e-mail addresses
Send the mail to ada@example.com and bob@example.org
Add ada.lovelace+test@example.com as a reviewer
Find the memory leak in the worker pool
Draw a diagram of the login flow
Make the login button green and larger
Use Tailwind classes such as bg-blue-500 and px-4
Set the colour to #1a2b3c4d in dark mode
Change the font to Inter 16px/24px
Move the modal 12px to the left
Rewrite the hero text: faster, simpler, safer
Write a haiku about garbage collection
Who wrote the function parse_config_v2 and why
Explain what happens in lines 120-180 of scheduler.rs
cargo build fails with error[E0502]: cannot borrow as mutable
go vet reports a copy of sync.Mutex in server2.go
pip install -r requirements.txt fails on Python 3.12
java.lang.NullPointerException at com.acme.App.main(App.java:42)
Segmentation fault (core dumped) in libfoo.so.1.2.3
ERR_PNPM_OUTDATED_LOCKFILE Cannot install with frozen-lockfile
Use k8s 1.29 and helm 3.14 for the chart
The pod api-7d9f8b6c5d-x2x4z is in CrashLoopBackOff
arn:aws:iam::123456789012:role/deploy is not assumable
Bucket my-app-prod-eu-central-1 has no lifecycle rule
Scale the group asg-web-20240131123456789 to 4
Add vpc-0a1b2c3d4e5f67890 to the peering list
i-0abcd1234efgh5678 does not boot, check its console
Use projects/my-project-123456/locations/europe-west3 in the terraform
Tag the image registry.example.com/team/app:1.4.2-20240131
The measurement id G-1A2B3C4D5E is wrong in analytics.ts
Regenerate yarn.lock, the checksum 10c0/abc is missing
What does webpack chunk main.3f2a9c1d8e7b.js contain
_next/static/chunks/pages/_app-6d1f3c2b8a9e7f54.js is 2 MB
Decode %E4%BD%A0%E5%A5%BD and tell me what it means
Das Passwort-Feld ist auf der Login-Seite zu klein
Das Passwort ist falsch wird auch bei leerem Feld angezeigt
Passwort zurücksetzen funktioniert nicht mehr, bitte prüfen
Bitte den Schlüssel der Karte umbenennen und die Tests anpassen
Der Token ist abgelaufen, wenn die Uhr falsch geht
Le mot de passe est vide quand le formulaire est envoyé
Le mot de passe oublié ne fonctionne plus
Ajoute un champ mot de passe au formulaire
El token es inválido después de una hora
Cambia el campo contraseña del formulario de registro
La contraseña es obligatoria en el formulario
Aggiungi il campo password al modulo di accesso
La password è scaduta dopo 90 giorni, aggiungi un avviso
Adicione o campo senha ao formulário
A senha é obrigatória no formulário de cadastro
Hasło jest wymagane, ale formularz tego nie sprawdza
Het wachtwoord is verplicht maar het formulier controleert dat niet
Добавь поле пароль в форму входа
Пароль не проверяется при входе
Токен истёк, но пользователь остаётся в системе
给登录表单加上密码字段
密码错误时显示提示
重置密码的页面打不开
パスワードのリセット画面を作ってください
パスワードが間違っているときのメッセージを直して
비밀번호 재설정 화면을 만들어 주세요
토큰이 만료되면 로그인 페이지로 이동하게 해줘
Please rename the environment variable SECRET_TOKEN to SESSION_SECRET
where do we keep the token for the staging deployment?
Implement password-less login with magic links
Can you make the password optional for invited users?
tests for token expiry fail: expected 3600 but got 3599
The token's signature is invalid when the clock is 5 minutes off
Our token format changed from v1 to v2, support both
passwords longer than 72 bytes are truncated by bcrypt
password should not be trimmed
Password must contain 1 uppercase letter
password: minimum 8 characters
Password: add an eye icon
Token: make it opaque
Secrets: use sops with age
api key: rename to client key in the docs
API key rotation: write the design doc
login: redirect to /dashboard instead of /home
Login: the Google button is broken
auth: replace passport with lucia
feat(auth): add password reset
fix(token): handle clock skew
chore: bump token-types to 6.0.0
fix: secret-scanning alert #42
password=... should be redacted in logs
--password is deprecated, use --password-file
--token-file should accept -
use --password-stdin instead of --password
the -p option of mkdir
run psql -p 5433 -U app
ssh -p 2222 deploy@host.example.com
scp -P 2222 file1.txt host:/tmp
cp -p file1 file2 keeps the mode
docker compose -p myproject up
nmap -p 1-1000 10.0.0.1
pytest -p no:cacheprovider -q
python -m http.server -b 127.0.0.1 -p 9000
rsync -avz -e "ssh -p 22" a b
git log -p src/auth/token.ts
curl -u $USER https://example.com
curl -X POST https://api.example.com/login -d @body.json
psql "host=localhost user=app dbname=app"
SELECT * FROM tokens WHERE user_id = 42
CREATE TABLE users (id serial, password text not null)
user.password = hash(password)
if (user.password === input.password)
const { password, ...rest } = user
password: Joi.string().min(8).required()
password: { type: String, required: true }
token: { type: String, index: true }
password = models.CharField(max_length=128)
secret = os.getenv("SECRET")
secret = config.get("secret")
key = hashlib.sha256(b"x").hexdigest()
val token = intent.getStringExtra("token")
let token: String?
var password string
password := flag.String("password", "", "the password")
private String password;
<input type="password" name="password" placeholder="Password">
<label for="password">Password</label>
type="password" autocomplete="current-password"
input[type=password] { width: 100% }
.password-field { color: red }
#password is not found by the selector
getByLabelText("Password") finds two elements
cy.get('[data-test=password]').type('{enter}')
expect(screen.getByText("Wrong password")).toBeVisible()
await page.fill("#password", password)
it("rejects a wrong password", async () => {})
describe("token refresh", () => {})
TypeError: Cannot read properties of undefined (reading 'token')
jwt expired at 2024-05-01T12:00:00.000Z
JsonWebTokenError: invalid signature
Error: secretOrPrivateKey must have a value
AADSTS50126: Error validating credentials due to invalid username or password
remote: Support for password authentication was removed on August 13, 2021.
Permission denied (publickey,password).
pg_hba.conf: use scram-sha-256 instead of md5
FATAL: no password supplied
Access denied for user 'root'@'localhost' (using password: YES)
401 Unauthorized: token has expired
403 Forbidden: insufficient scope
sops decrypt secrets/prod.enc.yaml fails
age-keygen prints a public key, where do I put it
kubectl create secret generic app --from-file=./config
ExternalSecret refers to secret/data/app/db
vault kv get secret/app
aws secretsmanager get-secret-value --secret-id prod/db
op read op://vault/item/password
gh secret list shows nothing
gh auth token prints nothing in CI
npm token list
npm login opens the browser twice
NODE_AUTH_TOKEN is empty in the publish step
secrets: inherit is missing in the reusable workflow
Use OIDC instead of long-lived AWS keys
Add a pre-commit hook with gitleaks
.gitleaks.toml should allow test/fixtures
Mask secrets in the log output
Redact tokens in error messages
Write current_work only after a scan for secrets
Find out why hunter2 is in the fixtures
The test user is test1 and the tenant is acme2
Use test123 as the project name
Set retries to 3 and timeout to 30s
Compare sha256 and blake3 on 1 GB
What is 2fa and how do we enable it
Explain x509 certificates
Write a base64 decoder in Zig
Use ed25519 keys for signing
AES keys must be 32 bytes
the key must be 32 bytes long
key: 'value' pairs in the yaml must be sorted
The key is case sensitive
the key is to keep it simple
The secret to fast builds is caching
it is no secret that tests are slow
pass a list instead of a tuple
pass null to clear the field
passing undefined breaks the parser
bypass the cache with ?nocache=1
The compass rose is drawn twice
first pass: read the headers; second pass: read the rows
Two-pass compiler: explain the second pass
make the CI pass again
did the build pass?
passport.js strategy for GitHub
Keyboard navigation: Tab moves focus to the next field
keyframes animation stutters
monkeypatch requests.get in conftest.py
turkey and monkey emoji render wrong
hockey app icons
tokenise the input and build an AST
Token ring networks: write a summary
A token of appreciation for the team
secretary of state dataset
The credential helper on macOS asks again and again
credential.helper store writes plain text
pin the header to the top
pinned tabs are lost on restart
Pinterest button
PIN pad layout: 3 columns
Spin up two workers
opinion on tabs vs spaces?
authorship of the file is wrong
author: Ada Lovelace <ada@example.com>
Co-authored-by: Bob <bob@example.org>
author=ada date=2024-01-01
Sign the commits with gpg key 0xDEADBEEF12345678
key fingerprint = 9F3A 1C2B 4D5E 6F70 8192 A3B4 C5D6 E7F8 0912 3A4B
Add host key verification
known_hosts has a stale entry
cookie consent banner in German
cookies: strictly necessary only
Cookie: add the Secure attribute
session: keep it for 30 days
The session was closed at 12:30
session-3 asked for help with the deployment
Salt the hash
hash: use xxhash64
code: 404 should be code: 410
error code: ECONNREFUSED
country code: +49
The code is in src/main.rs
code review for PR #1234
zip code: 90210 should be accepted by the form
verification code field should accept 6 digits
status code 200 but the body is empty
Der Code ist im Ordner src/app2
Der Schlüssel ist die einfache Architektur
Schlüssel und Wert vertauscht
Schlüsselwort-Argumente erklären
Kennwortrichtlinie anpassen
Passwörter müssen mindestens 12 Zeichen haben
Token wird nicht erneuert
Das Token ist ungültig
Geheimnisse in Vault ablegen
La clé primaire est id
Le jeton est invalide
Le mot de passe doit contenir 8 caractères
La clave primaria es id
La clave es mantenerlo simple
La contraseña debe tener 8 caracteres
El token se renueva cada hora
La chiave primaria è id
La password deve avere 8 caratteri
A chave primária é id
A senha deve ter 8 caracteres
Hasło musi mieć 8 znaków
Klucz główny to id
Het wachtwoord moet 8 tekens hebben
De sleutel is uniek
Lösenordet måste ha 8 tecken
Пароль должен содержать 8 символов
Ключ должен быть уникальным
Токен обновляется каждый час
密码必须至少8位
密码不能为空
密码是必填项
令牌已过期
密钥轮换的文档
パスワードは8文字以上にしてください
パスワードは必須です
トークンの有効期限が切れています
비밀번호는 8자 이상이어야 합니다
비밀번호가 일치하지 않습니다
토큰이 유효하지 않습니다
Şifre en az 8 karakter olmalı
Mật khẩu phải có ít nhất 8 ký tự
Connection string builder for Postgres
The connection string is read from appsettings.json
DATABASE_URL=postgres://localhost:5432/app is the default
REDIS_URL=redis://localhost:6379
mongodb://localhost:27017/test is unreachable
amqp://rabbitmq:5672 refuses connections
https://example.com/reset-password?lang=de
https://example.com/login?next=/settings
https://example.com/?page=2&sort=asc&key=name
https://example.com/oauth/token returns 400
https://api.example.com/v1/keys/42
https://console.aws.amazon.com/iam/home?region=eu-west-1#/users
https://registry.npmjs.org/@acme%2fui
https://www.npmjs.com/package/zod/v/4.0.0
https://github.com/acme/app/actions/runs/1234567890/job/9876543210
https://app.slack.com/client/T024BE7LD/C024BE91L
https://trello.com/c/a1B2c3D4/42-fix-login
https://linear.app/acme/issue/ENG-1234/fix-login
https://www.figma.com/file/AbCdEfGhIjKlMnOpQrStUv/Design?node-id=1-2
https://drive.google.com/file/d/1a2B3c4D5e6F7g8H9i0JkLmNoPqRsTuVw/view
https://claude.ai/chat/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0
/nix/store/7d9f8b6c5dx2x4zq1w3e5r7t9y0u2i4o-hello-2.12
node_modules/.pnpm/@babel+core@7.24.0_supports-color@8.1.1/node_modules
dist/assets/index-BxY7kQ2a.js is too large
sha1-5zqvm2gR0a1tF7hJ0pWn0oVQvM0= is in the old lock file
h1:Xv5erBjTwe/5IxqUQTdXv5kgmIvbHo3QQyRwhJsOfJA= in go.sum
resolved "https://registry.yarnpkg.com/lodash/-/lodash-4.17.21.tgz#679591c564c3bffaae8454cf0b3df370c3d6911c"
W/"3f80f-1b6-3e1cb03b" is the etag
GUID {6B29FC40-CA47-1067-B31D-00DD010662DA} is registered twice
MAC 00:1A:2B:3C:4D:5E is duplicated
2001:0db8:85a3:0000:0000:8a2e:0370:7334 is not parsed
10.0.0.0/16 overlaps 10.0.1.0/24
IBAN validation for DE89370400440532013000
ISBN 978-3-16-148410-0 is valid
Call +49 30 1234567 in the test data
VIN 1HGCM82633A004352 should pass the check
0b1010 and 0o17 literals
1e-10 is too small an epsilon
#ff00ff88 with alpha
U+1F600 renders as a box
Why does the token cache grow without bound after the deploy
Move the password check from the controller into a policy object
Let users sign in with a passkey instead of a password
The secret manager client times out in us-east-1
Add retries with backoff to the token exchange
We should never store the api key in localStorage
Make the access token lifetime 10 minutes and the refresh token 30 days
password_reset_tokens has no foreign key to users
The password prompt appears twice on Ubuntu 22.04
When the token is older than the session, log the user out
The api key is passed as a query parameter, move it to a header
token: optional, defaults to the one in the config
password - rename the prop to passcode
Password strength: use four levels
What happens if the secret is rotated while a job is running
The client secret is read twice at startup
Credentials: support a profile per environment
login: support SAML
Explain the difference between authentication and authorization
Set the token to null on logout
Change the password column to varchar(255)
reset the password for users who were invited before March
update the secret in all three clusters with one command
The token is a UUID, validate it as such
Generate a token for each invitation and mail it
Use a constant time comparison for the token
The pin is not verified after three attempts
OTP input should move the focus automatically
The code is split across seven files
our security code review found 3 issues
Add a captcha after five failed logins
The password is displayed in the url
The token is sent in clear text
Key rotation breaks sessions created before 12:00 UTC
sha256sum dist/app.tar.gz does not match the release notes
Bump eslint-plugin-react-hooks to 5.1.0-rc-fb9a90fa48-20240614
The image gcr.io/acme/app:9f86d081884c7d65 is missing
Check build 8f14e45f-ceea-467f-a0e6-1a2b3c4d5e6f in CI
Why did job 0a1b2c3d4e5f6a7b fail
Rename getAccessTokenForUserV2 to getAccessToken
The class OAuth2TokenEndpointFilterConfigurer is deprecated
Override org.springframework.security.oauth2.core.OAuth2AccessToken
convert IMG_20240131_123456789_HDR.jpg to webp
/var/lib/docker/overlay2/3a1f0c2b4d5e6f708192a3b4c5d6e7f8/merged is full
s3://acme-prod-logs/2024/01/31/part-00001-abc.snappy.parquet is empty
The cursor eyJpZCI6MTIzfQ is not decoded
Profile p50, p95 and p99 for GET /v2/tokens
ws://localhost:4000/socket?room=42 disconnects
Parse user:pass@host in the proxy setting
Support user:password in the url of the proxy
Das Token läuft nach 5 Minuten ab
Das Passwort soll beim Tippen sichtbar sein
Bitte Passwort-Regeln in die Doku aufnehmen
Le token expire trop tôt
Le mot de passe est affiché en clair
La contraseña es demasiado corta
La contraseña no se guarda
A senha é salva em texto puro
La password è troppo debole
Hasło jest za krótkie
Het wachtwoord is te kort
Пароль слишком короткий
Пароль хранится в открытом виде
密码是明文存储的，请改成哈希
密码：长度至少为12位
パスワードは暗号化して保存してください
비밀번호는 암호화해서 저장해 주세요
how do I pass an array to a bash function
pass -race to go test
The passed value is undefined
make the second pass faster than the first
user pass rates dropped to 85%
sort by key then by value
map[string]string with key "foo" panics
the key "name" is duplicated in the JSON
hash: 5f4dcc3b is only a prefix
session: expires after 20 minutes of inactivity
signature: (a: int, b: str) -> bool
code: return early instead of nesting
auth: bearer
authentication: none is the default
cookie: httpOnly; secure; sameSite=strict
The session id is logged in plain text
Add "secret" to the deny list of the logger
Write password in the placeholder, not Passwort
The phrase "forgot password" needs a translation
it says "password is too weak" even for 20 characters
Type password twice and press enter
the word token appears 42 times
kubectl rollout restart deploy/token-service -n auth
terraform import aws_secretsmanager_secret.db arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf
gcloud secrets versions access latest --secret=db-password
az keyvault secret show --name db-password --vault-name acme
docker secret create db_password ./db_password.txt
ansible-vault edit group_vars/all/vault.yml
ssh -i ~/.ssh/id_ed25519 -p 2222 root@host
mysql -h 127.0.0.1 -P 3306 -u root -p
psql -U postgres -W -d app
redis-cli -p 6380 ping
curl -fsSL https://get.pnpm.io/install.sh | sh -
npx create-next-app@latest my-app --typescript
Refactor the password strength meter into its own component
The unlock code path in mutex.c deadlocks under load, investigate
Warum schlägt der Test für das Passwort-Formular fehl?
Añade un campo de contraseña al formulario de registro
Corrige le lien « mot de passe oublié » sur la page de connexion
パスワード入力欄のバリデーションを直してください
密码输入框在移动端无法聚焦，请修复
Исправь форму сброса пароля
Corrija o teste de senha que falha no CI
Napraw walidację hasła w formularzu
mv db.pass.example to config/ and document it
Rename pass to passes in the compiler pipeline
The second pass is slower than the first pass, profile both
log into the staging dashboard and check the graph with Chrome and Firefox
Use basic auth in the integration tests and mock the header
vault write fails with permission denied, see the log
SNMP community string should be configurable per device
--password-file=/run/secrets/db is not read at start
PASSWORD=changeme is in .env.example, remove it
API_KEY=your-api-key-here must not be committed, add a check
set DB_PASSWORD=<password> in the docs
export TOKEN=$(gh auth token) in the script
const password = req.body.password; is undefined
if (token === null) return redirect('/login')
The pass rate has changed to 93 percent, find out why
passphrase support for ssh keys is missing
Generate a passphrase of four random words for the demo
The key has to be unique per tenant
Which secret manager fits us best: Vault, SOPS or Doppler?
Write a regex that matches p@ssword and other leet variants
kubectl get secret db -o yaml shows nothing
docker login fails on CI with 401
sshpass is not installed in the image, use ssh keys instead
The pin is wrong: P0.13 should be the LED
Upgrade the pinned version to 4.17.21
token: Token{Kind: IDENT, Literal: "foo"} is printed twice
let key = keys.iter().max().unwrap();
The redirect_uri has code=abc in the query, strip it
Delete the auth cookie on logout
Set the cache key to user-id plus locale
credentials are loaded from ~/.aws/credentials
public key pinning breaks the mobile app
Add two factor login with TOTP
Implement a keyring backend for Linux
curl -u "$USER:$PASS" in the readme should be replaced
mysql -u root -p asks for the password in CI, why
psql -h localhost -U app -d shop works but the app does not connect
redis-cli -h cache ping times out
commit 9f8e7d6c5b4a39281706f5e4d3c2b1a098765432 broke the build
sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae is wrong in the lock file
Move the request id 018f3c5e-7b1a-7c3d-9e2f-123456789abc into the log line
Der Schlüssel im Cache ist falsch, bitte prüfen
El token caduca demasiado pronto
Le jeton expire après une heure, passe à deux heures
Why does useAuth() return an old token after refresh
passport.authenticate('local') never calls the callback
Change the secret word game to pick from 500 words
We should pass alice and bob as test users to the fixture
The code for the country is DE, not D
Login with Google and GitHub fails on Safari
Bump the password input min length from 8 to 12
Make pass an alias for the skip statement
auth: basic and bearer both return 403
the access key of the menu item is Alt+F
Sign in with Apple and Facebook should look the same
The new pass is quadratic, make it linear
our new pass is slower than the old one
The new pass is ready for review
My first pass is done, please look at it
Our pass is green again and the other job is not
the current pass is redundant after inlining
Use basic auth with nginx and htpasswd for the preview
Log in with alice and bob in two browsers and check that each sees the other
sign in with john and check the menu
basic auth with retries and timeouts
`;

/** All ordinary prompts. */
export const prompts: readonly string[] = WRITTEN.replaceAll("\\${", "${").trim().split("\n");
