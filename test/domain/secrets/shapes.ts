/** Letters and digits that look random and are the same in every run. */
function randomText(alphabet: string, length: number): string {
  let state = 20_250_131;
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return alphabet[Math.floor((state / 2_147_483_648) * alphabet.length)];
  }).join("");
}

const ALPHABETS: Readonly<Record<string, string>> = {
  a: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
  h: "0123456789abcdef",
  u: "ABCDEFGHJKLMNPQRSTUVWXYZ23456789",
  l: "abcdefghijklmnopqrstuvwxyz0123456789",
  d: "0123456789",
  b: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
};

/** A text with a secret in it. */
export interface Shape {
  readonly text: string;
  readonly secret: string;
}

/**
 * One shape a line, the secret between ⟦ and ⟧. `{a36}` are 36 letters and digits, so that no token of this file is one
 * that a server would refuse to store.
 */
const SHAPES = String.raw`
the new pass is ⟦blueberry⟧
my pass is ⟦sunshine⟧, keep it
our wifi pass is now ⟦starlight⟧ and use it
your new pass: ⟦blueberry⟧
the old pass was ⟦butterfly⟧
basic auth with alice and ⟦sunshine⟧
use basic auth with bob and ⟦blueberry⟧ for the staging server
log in with carol and ⟦dragonfly⟧
sign in as dave and ⟦moonlight⟧, then run it
run it with DB_PASSWORD=⟦hunter2x⟧ npm start and fix it
the admin password is ⟦hunter4x⟧ please log in and check
use {"user":"a","password":"⟦hunter5x⟧"} to log in there
run curl -u admin:⟦hunter6x⟧ https://api.example.com/v1 and parse
send Authorization: Bearer ⟦abc123short⟧ to the api please
open https://x.example/cb?access_token=⟦tok12345⟧ and look there
deploy with PGPASSWORD=⟦s3cretpg⟧ psql -h db.example.com -U app
export MYSQL_PWD=⟦Winter2024⟧ && mysqldump app > dump.sql
set -x GITHUB_TOKEN ⟦ghp_{a36}⟧ in my fish config
use github_pat_⟦{a22}_{a59}⟧ for the clone
the deploy key is glpat-⟦{a20}⟧ for gitlab
put AKIA⟦{u16}⟧ into the aws profile
aws_secret_access_key = ⟦{b40}⟧ goes to the credentials file
call the maps api with AIza⟦{a35}⟧ please
post to https://hooks.slack.com/services/⟦T{u8}/B{u8}/{a24}⟧ when done
the bot uses xoxb-⟦{d12}-{d12}-{a24}⟧ to write
stripe test key sk_live_⟦{a24}⟧ must go
openai key sk-proj-⟦{a48}⟧ for the demo
anthropic sk-ant-api03-⟦{a60}⟧ in the .env
log in to npm with npm_⟦{a36}⟧ and publish
pypi-AgEIcHlwaS5vcmc⟦{a60}⟧ uploads the wheel
hf_⟦{a34}⟧ downloads the model weights
SG.⟦{a22}.{a43}⟧ sends the mails
the twilio account SK⟦{h32}⟧ is used for sms
use dckr_pat_⟦{a27}⟧ to pull the image
vault token hvs.⟦{a90}⟧ opens it
my linear key lin_api_⟦{a40}⟧ please sync the issues
databricks dapi⟦{h32}⟧ runs the notebook
telegram bot 123456789:AA⟦{a33}⟧ posts it
jwt eyJhbGciOiJIUzI1NiJ9.⟦eyJzdWIiOiIxMjM0{a20}.{a43}⟧ is rejected, why
the session cookie is ⟦{a40}⟧ please replay
clone https://ada:⟦secret1⟧@example.org/x for me
clone https://⟦ghs_{a36}⟧@github.com/acme/app.git and build
connect to postgres://app:⟦pa55/w0rd⟧@db.example.com:5432/app and migrate
mongodb+srv://root:⟦m0ng0!pw⟧@cluster0.example.net/test is the database
redis://:⟦r3dispw⟧@cache.example.com:6379/0 is the cache
amqp://guest:⟦p@ss1word⟧@mq.example.com/vhost does not connect
mysql://root:⟦toor⟧@localhost/app fails to connect
jdbc:mysql://db/app?user=root&password=⟦toor123⟧ does not connect
Server=db;Database=app;User Id=sa;Password=⟦Str0ng!Pass⟧; does not connect
Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=⟦{b43}=⟧ is ours
DefaultEndpointsProtocol=https;AccountName=x;AccountKey=⟦{b86}==⟧;EndpointSuffix=core.windows.net
sftp to sftp://deploy:⟦Xy12zz⟧@files.example.com/in and list
the ldap url is ldaps://cn=admin:⟦adm1npw⟧@ldap.example.com
copy from https://bucket.example.com/o?X-Amz-Signature=⟦{h64}⟧ to here
fetch https://account.blob.example.net/c?sv=2022&sig=⟦{a40}%3D⟧ again
open https://app.example.com/reset?token=⟦r3s3tm3⟧ in the browser
GET /login?user=bob&pwd=⟦bobpw99⟧ returns 500
webhook https://discord.com/api/webhooks/⟦1234567890/{a60}⟧ is broken
curl -H "X-Api-Key: ⟦k3y-for-me⟧" https://api.example.com/items
curl -H 'Authorization: token ⟦abcd1234efgh⟧' https://api.github.com/user
curl -H "PRIVATE-TOKEN: ⟦t0k3nvalue⟧" https://gitlab.example.com/api
curl -d '{"username":"bob","password":"⟦p4ssw0rd⟧"}' https://api.example.com/login
curl -d "user=bob&password=⟦b0bspass⟧" https://api.example.com/login
curl --user bob:⟦Sommer2024⟧ https://api.example.com and show it
curl -u 'bob:⟦my secret pw 1⟧' https://api.example.com
curl -b "session=⟦abc123def456⟧" https://app.example.com
curl --oauth2-bearer ⟦b3ar3rvalue⟧ https://api.example.com
curl --header "Cookie: sid=⟦s1d2e3f4⟧; theme=dark" https://app.example.com
Authorization: Basic ⟦YWRtaW46aHVudGVyMg==⟧ is what it sends
send the header Authorization: Basic ⟦dXNlcjpwYXNz⟧ with it
http -a admin:⟦hunt3r!⟧ GET :8080/users and explain
wget --user=bob --password=⟦wg3tpass⟧ https://files.example.com/x.zip
wget --password ⟦wg3tpass⟧ --user bob https://files.example.com/x.zip
mysql -u root -p⟦r00tpw⟧ app < dump.sql
mysql -uroot -p⟦Passw0rd!⟧ -e "show tables"
mysqldump -h db -u app -p'⟦quoted pw 1⟧' app
sshpass -p ⟦sshpw1!⟧ ssh root@10.0.0.5 and restart nginx
sshpass -p '⟦our dear box⟧' scp a b:/tmp
redis-cli -h cache -a ⟦r3d1sAuth⟧ ping
docker login -u bob -p ⟦d0ckerpw⟧ registry.example.com
podman login registry.example.com -u bob -p ⟦p0dmanpw⟧
echo ⟦t0kenvalue1⟧ | docker login -u bob --password-stdin
echo "⟦sudopw12⟧" | sudo -S apt update
echo 'root:⟦n3wr00t⟧' | chpasswd
docker run -e POSTGRES_PASSWORD=⟦pgpass1⟧ -d postgres:16
docker run -e MYSQL_ROOT_PASSWORD="⟦my root pw⟧" mysql:8
kubectl create secret generic db --from-literal=password=⟦k8spass1⟧
kubectl --token=⟦{a40}⟧ get pods please
helm install app --set auth.password=⟦h3lmpass⟧ ./chart
vault kv put secret/app password=⟦v4ultpw⟧ user=bob
aws configure set aws_secret_access_key ⟦{b40}⟧
heroku config:set SECRET_KEY=⟦h3rokukey⟧ -a app
gh secret set DEPLOY_TOKEN --body "⟦ghsecr3t⟧"
az login --service-principal -u app -p ⟦azp4ss~word⟧ --tenant x
npm config set //registry.npmjs.org/:_authToken ⟦npmt0ken-1⟧
//registry.npmjs.org/:_authToken=⟦1234abcd-npm⟧ is in my .npmrc
gpg --batch --passphrase '⟦blue moon 1⟧' -d file.gpg
openssl enc -aes-256-cbc -k ⟦op3nsslpw⟧ -in a -out b
openssl rsa -passin pass:⟦rsapw123⟧ -in key.pem
keytool -list -keystore k.jks -storepass ⟦changeit9⟧
ssh-keygen -t ed25519 -N "⟦green moss one⟧" -f id
zip -P ⟦z1ppass⟧ out.zip secret.txt
7z x archive.7z -p⟦Seven7zip⟧
ldapsearch -D cn=admin -w ⟦ld4ppass⟧ -b dc=example
smbclient //srv/share -U bob%⟦smbp4ss⟧ -c ls
mosquitto_pub -u iot -P ⟦mqttp4ss⟧ -t a -m b
sqlcmd -S db -U sa -P ⟦Sql$erver1⟧ -Q "select 1"
sqlplus scott/⟦tig3r⟧@orcl and run the report
net user bob ⟦W1ndowsPw⟧ /add
net use Z: \\srv\share /user:bob ⟦sh4repw⟧
htpasswd -b .htpasswd bob ⟦ht4ccess⟧
wpa_passphrase HomeNet ⟦w1fipass99⟧ > wpa.conf
nmcli dev wifi connect Home password ⟦w1fipass77⟧
xfreerdp /u:bob /p:⟦rdpP4ss⟧ /v:host
machine api.example.com login bob password ⟦n3trcpw⟧
db.example.com:5432:app:bob:⟦pgp4ssline⟧ is my pgpass
ALTER USER bob WITH PASSWORD '⟦sqlp4ss⟧'; does not work
CREATE USER 'bob'@'%' IDENTIFIED BY '⟦idby1⟧'; fails
SET PASSWORD FOR bob = '⟦setp4ss⟧'; fails
requirepass ⟦r3quire1⟧ is in redis.conf
AUTH ⟦r3disauth1⟧ then ping the server
security add-generic-password -a bob -s x -w ⟦k3ychain⟧
ConvertTo-SecureString "⟦PlainText1!⟧" -AsPlainText -Force
$env:API_TOKEN = "⟦pwsh-t0ken⟧" before you start it
requests.get(url, auth=("bob", "⟦r3qu3sts⟧")) returns 401
client.login('bob', '⟦l0ginpw1⟧') throws
setPassword("⟦s3tpass⟧") is called twice
os.environ["API_KEY"] = "⟦py-k3y-1⟧" at the top
process.env.STRIPE_SECRET = '⟦str1pe-x⟧' at the top
define('DB_PASSWORD', '⟦phpp4ss⟧'); in wp-config.php
'password' => '⟦lar4vel⟧', in config/database.php
const apiKey = "⟦js-key-123⟧"; does not work
let password = '⟦open sesame now⟧' in the script
api_key: ⟦yamlk3y1⟧ in the values file
password: "⟦several words in quotes⟧" in the values file
password = "⟦tomlp4ss⟧" under [database]
"client_secret": "⟦cl13nt-s3cr3t⟧" in the config
{"apiKey": "⟦{h32}⟧"} fails with 403
"auth": "⟦dXNlcjpwYXNzd29yZA==⟧" in the docker config
<password>⟦xmlp4ss⟧</password> in settings.xml
<add key="DbPassword" value="⟦w3bconfig⟧"/> in web.config
db.password=⟦pr0perties⟧ in application.properties
spring.datasource.password: ⟦spr1ngpw⟧ fails
the password: ⟦hunter2⟧ does not work
Password - ⟦hunt3r22⟧ does not work
password → ⟦arr0wpw⟧ please test
pw: ⟦shortp1⟧ please test
pwd=⟦plainword⟧ please test
user bob pass ⟦b0bpass1⟧ please test
login: bob / ⟦b0bs!pw⟧ please test it
creds are admin:⟦adm1ncreds⟧ for staging
credentials: bob ⟦Sommer-24!⟧ for staging
log in as bob with ⟦hunter2x⟧ and look
use root:⟦r00tr00t⟧ for the box
log in with admin/⟦adm1n99⟧ on staging
password is "⟦correct horse battery staple⟧" for the wiki
the passphrase is ⟦correct horse battery staple⟧ for the key
the password is '⟦blue monkey tree⟧' on the server
my password is “⟦smart quotes here⟧” please use it
password: ⟦correct horse battery staple⟧
passphrase: ⟦tiny purple elephant dances⟧
seed phrase: ⟦apple banana cherry dog elephant fox⟧ restore it
the password is ⟦swordfish⟧ for now
the password for the staging server is ⟦st4ging!⟧ try it
the password for db.example.com is ⟦sunshine⟧ try it
change the password to ⟦n3wpassw⟧ everywhere
set the password to ⟦dragonfly⟧ everywhere
log in with password ⟦swordfish⟧ please now
use ⟦hunter2x⟧ as the password for bob
use "⟦several secret words⟧" as passphrase for it
⟦Tr0ub4dor&3⟧ is the root password now
the password should be ⟦Tr0ub4dor&3⟧ now
password (⟦p4ren⟧) is what I typed
what is wrong with password ⟦Aa1!bcde⟧ in the form
temporary password ⟦Tmp-9931x⟧ was mailed
the api key is ⟦abc123def456⟧ for the sandbox
the api key ⟦{h32}⟧ gives 403
token ⟦{h40}⟧ gives 403
access token: ⟦{l24}⟧ gives 403
my secret is ⟦s3cr3tvalue⟧ in there
client secret ⟦{a40}⟧ was rotated
the bearer is Bearer ⟦t0k3nx9⟧ for it
license key: ⟦ABCD1-EFGH2-IJKL3⟧ please activate
the 2FA code is ⟦482913⟧ right now
verification code: ⟦90210⟧ please enter
my PIN is ⟦4821⟧ for the card
otp ⟦771234⟧ please enter
otpauth://totp/x?secret=⟦{u32}⟧ in the qr code
WIFI:⟦S:Home;T:WPA;P:w1fi pw;;⟧ makes the qr code
-----BEGIN RSA PRIVATE KEY----- ⟦{b64} {b64}⟧ -----END RSA PRIVATE KEY----- is it
-----BEGIN OPENSSH PRIVATE KEY-----\n⟦{b60}⟧ does not load
bob:$2b$10$⟦{a53}⟧ is in the file, crack it
the hash is $6$⟦{a16}$ {a80}⟧ from shadow
it uses ⟦{a40}⟧ to sign
it uses ⟦{b44}=⟧ to sign
das Passwort ist ⟦geheim12⟧ bitte einloggen
das Kennwort lautet ⟦Sonnenschein⟧ bitte einloggen
mit Passwort ⟦Sommer2024⟧ einloggen und prüfen
Zugangsdaten: bob / ⟦Winter!23⟧ für das System
nimm ⟦Herbst99⟧ als Passwort und starte
der API-Schlüssel ist ⟦4b5c6d7e8f⟧ bitte testen
le mot de passe est ⟦soleil12⟧ pour le serveur
le mot de passe : « ⟦petit chat bleu⟧ » pour le serveur
mdp: ⟦azerty99⟧ pour le serveur
la clé API est ⟦k3yfr4nce⟧ pour le serveur
la contraseña es ⟦secreta99⟧ para entrar
contraseña: ⟦girasol⟧ para entrar
usa la clave ⟦cl4ve2024⟧ para entrar
la password è ⟦segreta1⟧ per entrare
parola d'ordine: ⟦apriti sesamo⟧ per entrare
a senha é ⟦senha1234⟧ para entrar
senha: ⟦abacaxi⟧ para entrar
hasło to ⟦tajne123⟧ do serwera
hasło: ⟦słoneczko⟧ do serwera
het wachtwoord is ⟦geheim99⟧ voor de server
wachtwoord: ⟦tulpenveld⟧ voor de server
пароль ⟦qwerty12⟧ для сервера
пароль: ⟦солнышко⟧ для сервера
мой пароль это ⟦хантер77⟧ для сервера
密码是⟦hunter2x⟧，请登录
密码：⟦abc12345⟧ 请登录
密钥是 ⟦k3ycn2024⟧ 请测试
パスワードは⟦hunter3x⟧です
パスワード：「⟦ひみつ の ことば⟧」でログイン
비밀번호는 ⟦hunter4x⟧ 입니다
lösenordet är ⟦hemligt1⟧ för servern
heslo je ⟦tajne987⟧ pro server
jelszó: ⟦titkos12⟧ a szerverhez
şifre: ⟦gizli123⟧ sunucu için
mật khẩu là ⟦bimat123⟧ cho máy chủ
κωδικός: ⟦mystiko1⟧ για τον server
كلمة المرور هي ⟦sirri123⟧ للخادم
הסיסמה היא ⟦sodi1234⟧ לשרת
parola este ⟦secret99⟧ pentru server
My login is bob@example.com and my password is ⟦Kx9#mPq2⟧
bob@example.com / ⟦Kx9#mPq2⟧ to log in
username: admin password: ⟦admin123⟧
user=admin pass=⟦admin⟧ for the router
username=admin&password=⟦admin⟧
Log in with username admin and password ⟦letmein⟧ then check
Use credentials admin ⟦letmein123⟧ 
my password's ⟦hunter2⟧ btw
pass: ⟦qwerty⟧ please log in
the passcode is ⟦1234⟧ ok
password=⟦$ecret1⟧ npm start
PASSWORD='⟦it is a secret⟧' npm start
set PASSWORD="⟦with \" quote⟧" && npm start
export SECRET="⟦abc def⟧"
API_SECRET: ⟦abcdef⟧
SECRET_KEY_BASE=⟦{h64}⟧ rails s
DJANGO_SECRET_KEY = '⟦django-insecure-{a30}⟧'
JWT_SECRET=⟦mysecret⟧ node app.js
ENCRYPTION_KEY=⟦{h32}⟧
AZURE_CLIENT_SECRET=⟦abc8Q~{a34}⟧
DATABASE_URL="postgres://u:⟦p⟧@h/db"
connect with Host=db;Username=u;Password=⟦a b c⟧;Database=d
Data Source=db;User ID=sa;Pwd=⟦Pa55;w0rd⟧
the wifi password is ⟦Guest-Net-2024⟧ 
wifi key ⟦mywifikey99⟧ for the office
the root pw is ⟦toor⟧
root pw: ⟦toor⟧
password:⟦hunter2⟧
password:"⟦hunter two⟧"
password:\n⟦hunter2⟧\nplease log in
Password\n⟦hunter2x⟧\nplease log in
**Password:** ⟦hunter2⟧
Password: ⟦hunter2⟧, user: bob
(password: ⟦hunter2⟧)
[password=⟦hunter2⟧]
password=⟦hunter2⟧;user=bob
password="⟦hunter2⟧",user="bob"
"password" : "⟦hunter 2 3⟧"
'pass': '⟦abc⟧'
"passwd": "⟦abc def ghi⟧"
"token": "⟦abcdef⟧"
"secret": "⟦two words⟧"
password => ⟦hunter2⟧
:password => "⟦hunter2⟧"
password: '⟦hunter''s 2⟧'
PASSWORD := ⟦hunter2⟧
--set password=⟦hunter2⟧
--password="⟦hunter 2⟧"
--api-key ⟦abc123⟧
--api-key=⟦abcdef⟧
--token ⟦abcdefghij⟧
-e TOKEN=⟦abc⟧
--build-arg NPM_TOKEN=⟦abcdefg⟧
-Dpassword=⟦hunter2⟧
-Djavax.net.ssl.keyStorePassword=⟦changeit⟧
--auth-token ⟦abc-def-123⟧
X-Auth-Token: ⟦abcdef123⟧
x-api-key: ⟦abcdef⟧
Api-Key ⟦abc123⟧
Authorization: ⟦abcdef123456⟧
Authorization: Bearer ⟦abcdefghijkl⟧
authorization=Bearer ⟦abc1⟧
"Authorization": "Bearer ⟦abc def⟧"
headers = {'X-API-KEY': '⟦abcdef⟧'}
Bearer ⟦abcdefgh12⟧
Proxy-Authorization: Basic ⟦Zm9vOmJhcg==⟧
Cookie: ⟦sessionid=abcdef⟧
curl -u "admin:⟦pass word⟧" http://x
curl -uadmin:⟦hunter⟧ http://x
curl -u admin:⟦hunter⟧ http://x
curl -u :⟦hunter⟧ http://x
curl -x http://u:⟦p⟧@proxy:8080 http://x
curl https://api.telegram.org/bot123456789:⟦AA{a33}⟧/getMe
https://api.example.com/v1?key=⟦AIza{a35}⟧
https://example.com/?api_key=⟦abcdef⟧
https://example.com/#access_token=⟦abcdef⟧&x=1
https://example.com/invite/⟦{a24}⟧
https://user:⟦p%40ss⟧@example.com
ftp://anon:⟦me⟧@ftp.example.com
smtp://user:⟦secret⟧@smtp.example.com:587
git clone https://oauth2:⟦abcdef⟧@gitlab.com/x/y
git remote set-url origin https://bob:⟦abc⟧@github.com/x/y
bob:⟦s3cret⟧@10.0.0.1
ssh bob@10.0.0.1 with password ⟦hunter⟧
psql "host=db user=u password=⟦abc⟧ dbname=d"
psql postgresql://u:⟦abc⟧@h
mysql --password=⟦abc⟧ -u root
mysql -p⟦abc⟧
mysql -u root -p ⟦hunter2⟧ db
mysql -h x -p"⟦a b⟧" db
mongo -u u -p ⟦abc⟧ --authenticationDatabase admin
docker login -p ⟦abc⟧ -u u
docker login --password ⟦abcdef⟧ -u u
echo ⟦abc⟧ | sudo -S ls
echo ⟦abc⟧ | docker login --password-stdin -u u
sudo -S <<< '⟦abc⟧' ls
sshpass -p⟦abc⟧ ssh x
unzip -P ⟦abc⟧ x.zip
7z x -p⟦abc⟧ x.7z
psexec \\srv -u bob -p ⟦hunter2⟧ cmd
cmdkey /add:srv /user:bob /pass:⟦abc1⟧
redis-cli -a ⟦abc⟧
rabbitmqctl add_user bob ⟦hunter2⟧
rabbitmqctl change_password bob ⟦hunter2⟧
useradd -p ⟦hunter2⟧ bob
kubectl create secret docker-registry r --docker-password=⟦abc⟧
aws iam create-login-profile --password ⟦Abc123!⟧
az sql server create -u sa -p ⟦Abc123!⟧
gcloud sql users set-password root --password=⟦abc⟧
flyctl secrets set TOKEN=⟦abc⟧
wrangler secret put X <<< ⟦abcdef1⟧
ansible -e "ansible_password=⟦abc⟧"
ansible_ssh_pass=⟦abc⟧
vault login ⟦s.abcdef123⟧
bw unlock ⟦masterpw1⟧
pass insert -e x <<< ⟦abcd123⟧
CONFIG SET requirepass ⟦abc⟧
CREATE ROLE x LOGIN PASSWORD '⟦abc⟧'
GRANT ALL ON *.* TO 'u'@'%' IDENTIFIED BY '⟦a b⟧'
ALTER LOGIN sa WITH PASSWORD = '⟦a b c⟧'
userPassword: ⟦abc1⟧
password_confirmation: ⟦hunter2⟧
passphrase "⟦a b c⟧"
recovery codes: ⟦abcd-1234 efgh-5678⟧
backup code ⟦1234-5678⟧
the door code is ⟦4711⟧
otp: ⟦123456⟧
the totp secret is ⟦JBSWY3DPEHPK3PXP⟧
mnemonic: ⟦legal winner thank year wave sausage worth⟧
xprv⟦{a107}⟧
license: key=⟦ABCD-1234-EFGH-5678⟧
Kennwort: ⟦Blumenwiese⟧
Passwort: ⟦geheim⟧
Passwort „⟦zwei Wörter hier⟧“ nehmen
das Passwort für den Server lautet ⟦Blumenwiese⟧
mein Passwort ist ⟦geheim⟧
das WLAN-Passwort ist ⟦Blumen123⟧
mot de passe ⟦soleil99⟧
mot de passe: ⟦soleil⟧
le mot de passe du serveur est ⟦soleil⟧
contraseña ⟦sol12345⟧
la contraseña del servidor es ⟦girasol⟧
clave: ⟦girasol⟧
senha ⟦abc12345⟧
a senha do servidor é ⟦girassol⟧
la password del server è ⟦girasole⟧
hasło ⟦abc12345⟧
hasłem jest ⟦słonecznik⟧
wachtwoord ⟦abc12345⟧
het wachtwoord van de server is ⟦zonnebloem⟧
пароль ⟦abc12345⟧
пароль от сервера: ⟦подсолнух⟧
пароль — ⟦подсолнух⟧
密码 ⟦abc12345⟧
密码为⟦abc12345⟧
密码：⟦我爱北京⟧
口令=⟦abc123⟧
パスワード ⟦abc12345⟧
パスワード：⟦himawari⟧
パスワードは「⟦ひまわり⟧」です
비밀번호: ⟦abc12345⟧
şifre ⟦abc12345⟧
parola: ⟦floarea⟧
heslo: ⟦slunecnice⟧
salasana on ⟦auringonkukka⟧
adgangskode: ⟦solsikke⟧
passord: ⟦solsikke⟧
lösenord: ⟦solros⟧
geslo je ⟦soncnica⟧
mật khẩu: ⟦abc12345⟧
kata sandi: ⟦abc12345⟧
पासवर्ड ⟦abc12345⟧ है
รหัสผ่าน: ⟦abc12345⟧
כלומר הסיסמה: ⟦abc12345⟧
رمز عبور: ⟦abc12345⟧
συνθηματικό: ⟦abc12345⟧
jelszó ⟦abc12345⟧
лозинка: ⟦abc12345⟧
Please connect to the prod DB, user is admin and pwd is ⟦Sup3rS3cret!⟧
here are the creds: admin@corp.example / ⟦Pa$$w0rd⟧
Use user "svc" and password "⟦hunter two⟧" to log in
DB creds -> user: app, pass: ⟦app123⟧
login with admin:⟦admin⟧ 
ssh root@example.com password ⟦toor⟧
password for root is ⟦root⟧
the db password, ⟦hunter2⟧, does not work
"⟦hunter2⟧" is the password
⟦hunter2⟧ = password of bob
our api token: ⟦zxcvbnmasdfg⟧
export OPENAI_API_KEY='⟦sk-proj-abc_def-123456789012⟧'
ANTHROPIC_API_KEY: ⟦sk-ant-abc123-def456-ghi789⟧
NEXTAUTH_SECRET=⟦s3cr3t⟧ 
SMTP_PASS=⟦mailpass⟧
SMTP_PASSWORD: "⟦mail pass⟧"
REDIS_PASSWORD=⟦redis⟧
MONGO_INITDB_ROOT_PASSWORD: ⟦example⟧
ELASTIC_PASSWORD=⟦sunflower⟧
TF_VAR_db_password=⟦foobar⟧ terraform apply
spring.security.user.password=⟦s3cret⟧
quarkus.datasource.password=⟦quarkus⟧
[database]\npassword = ⟦tomato⟧
password = "⟦tomato⟧"
db:\n  user: app\n  password: ⟦tomato⟧
db:\n  password: |\n    ⟦tomato2⟧
{"user": "bob", "pwd": "⟦tomato⟧"}
{"credentials": {"username": "bob", "password": "⟦tomato soup⟧"}}
{'secret_key': '⟦tomato⟧'}
{ apiToken: "⟦tomato⟧" }
config.password = "⟦tomato⟧"
self.password = '⟦tomato⟧'
$password = '⟦tomato⟧';
String password = "⟦tomato⟧";
var token = "⟦tomato⟧"
let apiKey: String = "⟦tomato⟧"
password="⟦tomato⟧" ./run.sh
pw='⟦tomato⟧'
new MongoClient("mongodb://bob:⟦tomato⟧@h/db")
createConnection({ user: "bob", password: "⟦tomato⟧" })
connect(host, "bob", "⟦t0mato1⟧")
mysql.connector.connect(user='bob', passwd='⟦tomato⟧')
fetch(url, { headers: { "X-Api-Key": "⟦tomato⟧" } })
fetch(url, { headers: { Authorization: "Basic ⟦Ym9iOnRvbWF0bw==⟧" } })
axios.defaults.headers.common['Authorization'] = 'Bearer ⟦tomato12⟧'
request.auth("bob", "⟦t0mato⟧")
curl -H "X-Vault-Token: ⟦tomato⟧" https://v
curl -H "Cookie: session=⟦tomato⟧" https://v
curl -F token=⟦tomato⟧ https://v
curl --data-urlencode "password=⟦tomato⟧" https://v
curl "https://api.example.com/x?apikey=⟦tomato⟧"
curl "https://api.example.com/x?token=⟦tomato⟧&y=1"
curl https://⟦tok3nvalue⟧@api.example.com
curl -u bob:'⟦tom ato⟧' https://v
curl --proxy-user bob:⟦t0mato⟧ https://v
wget --http-password=⟦tomato⟧ https://v
http POST x password=⟦tomato⟧
psql postgresql://bob:⟦tom/ato@x⟧@h:5432/db
PGPASSWORD='⟦tom ato⟧' psql
mysqlsh bob:⟦t0mato⟧@h
mysql -ubob -p⟦tomato⟧
mysql --user=bob --password=⟦tomato⟧
pg_dump "postgres://bob:⟦tomato⟧@h/db"
redis-cli -u redis://:⟦tomato⟧@h
sshpass -p "⟦tomato⟧" ssh h
SSHPASS=⟦tomato⟧ sshpass -e ssh h
echo "⟦tomato⟧" | sudo -S ls
docker login -u bob --password ⟦tomato⟧
docker build --build-arg TOKEN=⟦tomato⟧ .
kubectl config set-credentials bob --token=⟦tomato⟧
helm upgrade x --set secret.apiKey=⟦tomato⟧
az storage blob list --account-key ⟦abcd1234==⟧
gcloud auth activate --key ⟦t0mato⟧
gh auth login --with-token <<< ⟦t0mato1⟧
npm publish --otp=⟦123456⟧
npm publish --otp ⟦123456⟧
git clone https://bob:⟦tomato⟧@h/x
git clone https://x-access-token:⟦tomato⟧@github.com/x
git -c http.extraheader="AUTHORIZATION: basic ⟦eDp0b21hdG8=⟧" fetch
openssl pkcs12 -export -passout pass:⟦tomato1⟧
jarsigner -storepass ⟦tomato1⟧
ansible-playbook -e db_password=⟦tomato⟧
vault write auth/userpass/login/bob password=⟦tomato⟧
consul kv put x/password ⟦t0mato⟧
etcdctl --user root:⟦t0mato⟧ get x
smbclient -U 'bob%⟦t0mato⟧' //h/s
sqlcmd -U sa -P '⟦tom ato⟧'
bcp x out y -U sa -P ⟦t0mato⟧
ftp -u ftp://bob:⟦tomato⟧@h
lftp -u bob,⟦t0mato⟧ h
ldapwhoami -D cn=x -w ⟦tomato⟧
kinit bob <<< ⟦t0mato⟧
zip -e -P ⟦tomato⟧ x.zip y
7z a -p"⟦tom ato⟧" x.7z
gpg --passphrase ⟦tomato⟧ -c x
ssh-add <<< "⟦t0mato⟧"
bitwarden master password ⟦t0mato!⟧
the hmac secret is ⟦tomato⟧
the admin pw is ⟦tomato⟧
admin pw = ⟦tomato⟧
admin's password: ⟦tomato⟧
password #1: ⟦tomato1⟧
password 1: ⟦tomato1⟧
password1=⟦tomato⟧
passwd -> ⟦tomato⟧
pass phrase: ⟦tom ato soup⟧
pass-phrase is "⟦tom ato⟧"
secret word: ⟦tomato⟧
the secret word is ⟦tomato⟧
Anmeldung mit bob und ⟦T0mate!⟧
Benutzer: bob, Passwort: ⟦Tomate⟧
Benutzername bob Passwort ⟦Tomate1⟧
Passwort = ⟦Tomate⟧
PIN lautet ⟦4711⟧
die PIN ist ⟦4711⟧
Kennwort „⟦rote Tomate⟧“
Zugangscode ⟦4711⟧
Utilisateur bob, mot de passe ⟦tomate1⟧
mot de passe = ⟦tomate⟧
mon mot de passe c'est ⟦tomate⟧
le mdp est ⟦tomate⟧
le code secret est ⟦4711⟧
identifiants : bob / ⟦tomate⟧
usuario bob contraseña ⟦tomate1⟧
mi contraseña es "⟦tomate rojo⟧"
la clave de acceso es ⟦tomate⟧
utente bob password ⟦pomodoro1⟧
la mia password è "⟦pomodoro rosso⟧"
usuário bob senha ⟦tomate1⟧
minha senha é ⟦tomate⟧
użytkownik bob hasło ⟦pomidor1⟧
moje hasło to ⟦pomidor⟧
gebruiker bob wachtwoord ⟦tomaat1⟧
mijn wachtwoord is ⟦tomaat⟧
логин bob пароль ⟦pomidor1⟧
мой пароль ⟦pomidor1⟧
пароль: "⟦красный помидор⟧"
用户名 bob 密码 ⟦tomato1⟧
用户名：bob 密码：⟦tomato⟧
我的密码是“⟦西红柿 2号⟧”
ユーザー名 bob パスワード ⟦tomato1⟧
パスワードは ⟦tomato⟧ です
아이디 bob 비밀번호 ⟦tomato1⟧
내 비밀번호는 ⟦tomato⟧ 입니다
password是⟦tomato1⟧
token为⟦abc123def⟧
API密钥：⟦abc123def⟧
kullanıcı bob şifre ⟦domates1⟧
şifrem ⟦domates1⟧
utilizator bob parola ⟦rosie1⟧
användare bob lösenord ⟦tomat1⟧
bruker bob passord ⟦tomat1⟧
käyttäjä bob salasana ⟦tomaatti1⟧
uživatel bob heslo ⟦rajce1⟧
felhasználó bob jelszó ⟦paradicsom1⟧
người dùng bob mật khẩu ⟦cachua1⟧
उपयोगकर्ता bob पासवर्ड ⟦tamatar1⟧
המשתמש bob והסיסמה ⟦agvania1⟧
المستخدم bob كلمة المرور ⟦tamatim1⟧
for the staging box use ubuntu / ⟦Qx7!plum⟧
the vpn login is carol and the password ⟦plum77!⟧
here is the token you need: ⟦plumcake9x⟧
secret=⟦plumtree⟧ in app.ini
JENKINS_TOKEN=⟦11plumcake22⟧ ./trigger.sh
set CI_JOB_TOKEN to ⟦plum-77x-cake⟧ before running
TOKEN='⟦plum77⟧' make deploy
api-key: ⟦plum77cake⟧
x-functions-key: ⟦plum77cakepl⟧
Authorization: ApiKey ⟦plum77cake⟧
Authorization: Digest username="bob", response="⟦6629fae49393a05397450978507c4ef1⟧"
curl -s -u carol:⟦plum77⟧ http://h
curl --cookie "auth=⟦plum77cake⟧" http://h
mongodb://carol:⟦pl@um⟧@h:27017/x
kafka sasl.jaas.config username="carol" password="⟦plum cake⟧";
sasl.password=⟦plum77⟧
ftp://carol:⟦plum⟧@h/x
the db is at postgresql://carol:⟦plum-77⟧@h:5432/x please fix
"dbPassword": "⟦plum cake pie⟧"
MyApp__Password=⟦plum77⟧
<Password>⟦plum cake⟧</Password>
password: !vault ⟦plum77cake⟧
mysqldump --user carol --password ⟦plum77⟧ db
docker exec db mysql -pplum⟦77cake⟧
echo -n ⟦plum77⟧ | base64 gives my password
my password was ⟦plum77⟧ before
I think the password might be ⟦plum77⟧
try ⟦plum77x⟧ as password
password: ⟦Plum⟧ (capital P)
the keystore password is ⟦plumpie⟧
unlock with the passphrase '⟦three blind plums⟧'
the secret answer is ⟦plum pie⟧
Mein Kennwort: ⟦Pflaume77⟧
Das Admin-Passwort lautet ⟦Pflaume⟧
mot de passe admin : ⟦prune77⟧
la contraseña de admin es ⟦ciruela⟧
la password di admin è ⟦prugna⟧
senha do admin: ⟦ameixa⟧
hasło admina to ⟦śliwka77⟧
wachtwoord van admin: ⟦pruim77⟧
пароль админа ⟦sliva77⟧
管理员密码是 ⟦meizi77⟧
管理者パスワード：⟦ume77⟧
관리자 비밀번호는 ⟦jadu77⟧
set db.pass = ⟦arrow9876⟧ and reload
secret_key_base: ⟦{h32}⟧ for rails
ｐａｓｓｗｏｒｄ：⟦ｎａｔｓｕ７７⟧
ｔｏｋｅｎ＝⟦{a24}⟧ を使って
pw for the staging box: ⟦Sommer2024!⟧
the new admin pass → ⟦tulip-99-garden⟧
db.pass := ⟦Qwe7rty8⟧
change the passwd to ⟦r0ckets!!⟧ on the router
my unlock pattern code is ⟦4471982⟧
use ⟦s3cr3tW0rd⟧ as the password for grafana
the ftp login is bob / ⟦hunter2go⟧
ssh deploy@10.0.0.4 (pw ⟦blueberry77⟧)
sshpass -p ⟦Winter!23⟧ ssh root@host
curl -H 'X-Api-Key: ⟦a8f7c1d2e9b34f60⟧' https://x.test
curl --user alice:⟦pa55!word⟧ https://x.test
mysql -uroot -p⟦tigerScott1⟧ shop
redis-cli -a ⟦myredispw9⟧ ping
export PGPASSWORD=⟦zebra42⟧ && psql
set SMTP_PASS to ⟦mailme2day⟧
docker login -u ci -p ⟦dckr_pat_abcd1234efgh5678⟧
mongodb+srv://app:⟦Tr0ub4dor⟧@cluster0.mongodb.net/db
Das Passwort lautet ⟦Apfelbaum12⟧, bitte den Login reparieren
La contraseña es ⟦perro-gato-7⟧, arregla el login
Le mot de passe du serveur : ⟦chaton2020⟧
パスワードは⟦sakura1234⟧です
密码是⟦woaini520⟧，修复登录
Пароль от базы: ⟦kotik777⟧
A senha do wifi é ⟦batata123⟧
Hasło to ⟦kwiatek5⟧, napraw formularz
passphrase: ⟦correct horse battery staple⟧
the passphrase is "⟦seven purple ducks run⟧"
vault kv put secret/db password=⟦plumtree8⟧
basic auth user admin password ⟦letmein99⟧
log in as root with ⟦toor1234⟧
Authorization: Bearer ⟦eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlMTIzNDU2⟧
snmpwalk -v2c -c ⟦pr1vateRO⟧ switch1
kubectl create secret generic db --from-literal=password=⟦gr4nola⟧
htpasswd -b .htpasswd alice ⟦secr3tAl⟧
net user bob ⟦Passw0rd!x⟧ /add
openssl enc -aes-256-cbc -k ⟦mykey2024⟧ -in a
ansible-vault: the vault password is ⟦orange-tractor-9⟧
wifi: SSID office, key ⟦homesweet55⟧
"client_secret": "⟦9f8e7d6c5b4a39281706f5e4⟧"
echo ⟦hunter22x⟧ | sudo -S apt update
otp seed ⟦JBSWY3DPEHPK3PXP⟧ for the test account
pässwörd = ⟦lkjh6543⟧
p4ssw0rd: ⟦violin-88⟧
token was changed to ⟦zx81spectrum⟧
git clone https://oauth2:⟦glpat-Ab12Cd34Ef56Gh78Ij90⟧@gitlab.com/x/y
DefaultEndpointsProtocol=https;AccountName=a;AccountKey=⟦dGhpc2lzYXZlcnlsb25nYmFzZTY0a2V5MTIzNDU2Nzg5MA==⟧;
db.pass → ⟦hunter2x⟧
db.pass → ⟦sunshine⟧
db.pass -> ⟦sunshine⟧
passphrase ⟦correct horse battery⟧
passphrase ⟦correct horse battery staple⟧
passphrase: ⟦correct horse battery⟧
the passphrase for the key is ⟦correct horse battery⟧
use passphrase ⟦purple monkey dishwasher⟧ for the backup
Passphrase ⟦blauer Elefant tanzt⟧ eingeben
log into grafana with admin and ⟦letmein99⟧
log into the router with root and ⟦sunshine7⟧
login to grafana with admin / ⟦letmein99⟧
sign in to jenkins with bob and ⟦wint3rtime⟧
log in to the box as bob with ⟦wint3rtime⟧
melde dich bei grafana mit admin und ⟦letmein99⟧ an
basic auth: alice and ⟦hunter2x⟧
basic auth: alice / ⟦sunshine7⟧
basic auth alice ⟦hunter2x⟧
http basic auth alice:⟦sunshine⟧
vault write secret/db value=⟦plumtree8⟧
vault write secret/db value=⟦plumtree⟧
vault kv put secret/db value=⟦plumtree⟧
SNMP community string ⟦pr1vateRO⟧
SNMP community string ⟦mycompany⟧
snmp community: ⟦mycompany⟧
snmp-server community ⟦mycompany⟧ RO
snmpwalk -v2c -c ⟦mycompany⟧ switch1
--password-file=<(echo ⟦hunter2x⟧)
--password-file=<(echo ⟦sunshine⟧)
docker login --password-stdin < <(echo -n ⟦sunshine⟧)
--password-file <(printf '%s' ⟦sunshine⟧)
pass has changed to ⟦hunter2x⟧
pass has changed to ⟦sunshine⟧
the password has changed to ⟦sunshine⟧
the password was changed to ⟦sunshine⟧
the pass was reset to ⟦blueberry7⟧
p@ssword: ⟦hunter2x⟧
p@ssword is ⟦sunshine⟧
P@$$w0rd = ⟦sunshine⟧
paßwort: ⟦sunshine⟧
paßwort ist ⟦sunshine⟧
pass\u200bword: ⟦sunshine⟧
p\u200ba\u200bs\u200bs\u200bw\u200bo\u200br\u200bd is ⟦sunshine⟧
pass\u00adword = ⟦hunter2x⟧
to\u2060ken: ⟦abcdef123456⟧
pаssword: ⟦sunshine⟧
`;

export const shapes: readonly Shape[] = SHAPES.trim()
  .split("\n")
  .map((line) =>
    line
      .replaceAll(/\{([ahuldb])(\d+)\}/g, (_, alphabet, length) =>
        randomText(ALPHABETS[alphabet] ?? "", Number(length)),
      )
      .replaceAll(/\\u([0-9a-f]{4})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
      .replaceAll("\\n", "\n"),
  )
  .map((line) => ({
    text: line.replaceAll(/[⟦⟧]/gu, ""),
    secret: /⟦(.*)⟧/su.exec(line)?.[1] ?? "",
  }));
