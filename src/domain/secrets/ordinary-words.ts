import { onFirstUse } from "./gate.ts";

/** Words that follow the name of a secret in ordinary sentences, so that they are no secret there. */
const WORDS = [
  // English: words of grammar.
  "a an the this that these those it its i we you he she they me us them my your his her our their one ones some any all both each every no not nor never none nothing anything",
  "and or but if then else when while where which who whose what why how because since until unless as at by for from in into of off on onto out over per than through to under up via with within without against about after before between during across along around behind below beyond down inside near outside toward upon",
  "is are was were be been being am do does did done has have had having can could may might must shall should will would cannot cant dont doesnt isnt wasnt wont so too also only just very more most less least much many few still again already always often sometimes soon now here there yet even rather quite back away again same other another such own first last next new old",
  // English: what is said of passwords and tokens.
  "wrong right correct incorrect valid invalid bad good fine ok okay weak strong safe unsafe secure insecure short long too empty blank null missing absent present set unset known unknown public private secret visible plain plaintext clear text raw safe stale fresh live active inactive dead ready due old new unique static dynamic optional mandatory required default random global local shared stored saved used unused hashed salted encrypted decrypted expired expiring rotated revoked refreshed leaked exposed committed checked verified validated rejected accepted denied allowed ignored logged masked hidden shown printed sent passed read written kept lost gone broken fixed",
  // English: what is done with them.
  "add use get put make take give let see find show hide send pass read write set reset change update rotate revoke refresh renew expire check verify validate store save load keep move remove delete drop replace rename return create generate build fix handle parse split join log print mask test try run start stop enable disable allow deny require support need want ask tell call work fail break leak expose encrypt decrypt hash sign login logout open close copy paste type enter fill submit request respond match compare sort filter count limit cache fetch pull push merge commit deploy release ship review refactor rewrite implement write document explain describe investigate debug look please ensure consider prefer avoid",
  // English: what they are part of.
  "reset form forms field fields input inputs box hash hashes hashing policy policies manager managers protection authentication authenticator auth authorization validation validator rule rules check checks checker change changes strength meter flow flows page pages screen dialog modal prompt login logon signin signup sign log generator generation generators encryption storage store rotation rotations expiry expiration lifetime ttl age length size history hint hints toggle visibility recovery confirmation mismatch error errors message messages handling handler handlers management lookup service services server api apis endpoint endpoints route routes header headers body payload query param params parameter parameters argument arguments arg args flag flags option options setting settings config configuration file files folder path paths name names type types value values variable variables var vars constant class classes function functions method methods module library package tool tools provider providers client clients user users admin account accounts session sessions cookie cookies bucket buckets budget limit limits limiter count counts counter counting counts usage cost costs economy window stream streams streaming parser parsers lexer scanner tree ring list lists table tables column columns row rows database db schema model models map mapping index cache pair pairs array object string number boolean format formats prefix suffix pattern patterns regex expression syntax grammar exchange refresh verification introspection revocation endpoint issuer audience claim claims scope scopes response responses requests request test tests testing spec specs mock mocks fixture fixtures example examples docs documentation readme section chapter santa sauce ingredient agent garden weapon sharing scanning scan scans detection detector redaction masking leak leaks vault vaults store engine backend backends operator controller binding injection sync syncing provider based less free only first auth gate gated gating support access permission permissions role roles level levels step steps mode modes state states status code codes id ids uri url urls link links email mail address phone button label labels placeholder icon text font color colour style styles ui ux component components hook hooks prop props event events job jobs task tasks queue worker script scripts command commands line lines step workflow pipeline pipelines action actions runner container image volume mount env environment environments variables prod production staging dev development local machine host instance cluster namespace node pod region zone network proxy gateway middleware guard guards interceptor filter layer layers logic issue issues bug bugs fix feature features migration migrations part parts piece place places side thing things way ways problem problems question questions idea ideas plan plans change case cases time times day days week weeks month months year years minute minutes hour hours second seconds",
  "older newer younger longer shorter higher lower greater better worse stronger weaker earlier later sooner than based minimum maximum min max yes inherit inherits default defaults cut hit bound tied hard easy easier simple simpler fast faster slow slower big bigger small smaller large larger great nice ugly odd weird tricky clean dirty full high low busy late early close mine yours ours enough similar different equal identical unchanged unclear case-sensitive mixed",
  "see ask stored saved kept managed injected provided provides provisioned generated inherited copied comes came goes lives belongs depends contains contained include includes omit omits included looks seems appears gets got becomes became remains stays needs wants works worked fails failed breaks broke expires matches changed leaks means uses takes exists varies differs either neither instead otherwise however therefore later today tomorrow yesterday everywhere somewhere anywhere nowhere below above left right top bottom part bare basic bearer digest oauth jwt sso saml ldap mfa totp cors csrf xss https http tls ssl ssh env dotenv json yaml toml xml csv html css sql graphql grpc rest",
  // German.
  "der die das den dem des ein eine einen einem einer und oder aber wenn dann als wie wo ist sind war wird werden wurde wurden nicht nur noch auch schon sehr zu im in an auf aus bei mit nach von vor für um bis ohne gegen über unter zwischen falsch richtig korrekt gültig ungültig leer sicher unsicher schwach stark kurz lang sichtbar öffentlich abgelaufen gesetzt geändert gespeichert verschlüsselt gehasht nötig erforderlich bekannt unbekannt vergessen zurücksetzen ändern prüfen feld formular seite länge regeln richtlinie manager wert werte liste tabelle test tests kaputt weg da hier jetzt immer nie mehr weniger alt neu",
  // French.
  "le la les l un une des du de d et ou mais si alors que qui où est sont était être a ont pas plus moins très trop aussi encore déjà dans en sur sous avec sans pour par chez vers faux fausse vrai valide invalide vide correct incorrect trop court long faible fort expiré oublié requis obligatoire chiffré haché stocké sécurisé incorrecte expirée affiché affichée masqué masquée caché cachée envoyé envoyée enregistré enregistrée généré générée modifié modifiée demandé demandée vérifié vérifiée accepté acceptée refusé refusée perdu perdue réinitialisé réinitialisée visible stockée chiffrée hachée réinitialiser changer champ formulaire page service utilisateur",
  // Spanish, Portuguese and Italian.
  "inválido válido vacío vacía caducado expirado obligatorio olvidado incorrecto correcto seguro inseguro débil corto largo guardado cifrado nulo nula",
  "demasiado demasiada visible guardado mostrada mostrado enviada enviado perdida perdido cambiada cambiado rechazada aceptada generada generado verificada almacenada almacenado compartida reutilizada",
  "el la los las lo un una unos unas y o u pero si no es son fue era está están muy más menos en con sin por para de del al que se ya vacía vacío incorrecta incorrecto correcta inválida válida válido débil fuerte corta larga segura obligatoria olvidada caducada expirada cifrada guardada campo formulario página usuario prueba",
  "demais exibida exibido mostrada enviada enviado perdida gerada gerado alterada aceita recusada armazenada visível criptografado guardada",
  "os as um uma e ou mas não é são foi está em no na com sem para por do da dos das que se já vazia errada correta inválida fraca forte curta longa segura obrigatória esquecida expirada criptografada salva campo formulário página usuário",
  "troppo visibile mostrata inviata persa generata cambiata rifiutata accettata richiesta memorizzata nascosta verificata criptata",
  "il lo gli i uno e ed o ma non è sono era stata in nel nella con senza per di del della che si già vuota sbagliata corretta errata valida scaduta debole forte corta lunga sicura obbligatoria dimenticata cifrata salvata campo modulo pagina utente",
  // Dutch, Polish and the languages of the north.
  "zichtbaar getoond verzonden verloren opgeslagen gegenereerd gewijzigd geweigerd verborgen gehasht",
  "het een en of maar als dan is zijn was wordt niet ook nog al te in op met van voor naar bij door uit om fout juist ongeldig geldig leeg zwak sterk kort lang veilig verplicht vergeten verlopen versleuteld opgeslagen veld formulier pagina",
  "widoczne wysłane zgubione wygenerowane zmienione odrzucone ukryte zaszyfrowane zbyt",
  "i lub ale jeśli nie jest są był było być w we na do z ze za o od po przez dla się już puste błędne poprawne nieprawidłowe słabe silne krótkie długie bezpieczne wymagane zapomniane wygasło zapisane pole formularz strona reset resetowanie",
  "och eller men inte är var en ett den det på i med för till av fel rätt tomt ogiltigt og ikke er var et den det på med for til av feil forkert tomt ja tai ei on oli väärin tyhjä",
  // Russian and Ukrainian.
  "слишком хранится виден видно отправлен потерян создан изменён изменен отклонён скрыт зашифрован показан",
  "и или но не в во на с со из от до по для за к о об это есть был была было быть если то как что где уже ещё еще очень неверный неправильный верный правильный пустой слабый сильный короткий длинный истёк истек забыт сохранён обязателен поле форма страница сброс та або але не є був з у в",
];

const ordinary = onFirstUse((): ReadonlySet<string> => new Set(WORDS.flatMap((line) => line.split(" "))));

/** The ends of English words that describe or act. */
const ENDING = /(?:ed|ing|able|ible|less|ful|ive|ous|ally|ily|ized|ised|ation|ment|ness)$/u;

/** Whether a word is one of an ordinary sentence about secrets. */
export function isOrdinary(word: string): boolean {
  const lower = word.toLowerCase().replaceAll(/['’]/gu, "");
  return ordinary().has(lower) || (lower.length > 5 && ENDING.test(lower)) || /^[a-z]+-[a-z-]+$/u.test(lower);
}

/** Words without a meaning of their own: no passphrase that matters is only one of them. */
export function isFunctionWord(word: string): boolean {
  return FUNCTION_WORDS.has(word.toLowerCase());
}

/** Whether a word says what a password or a passphrase is like. */
export function isDescribing(word: string): boolean {
  return DESCRIBING.has(word.toLowerCase());
}

const DESCRIBING: ReadonlySet<string> = new Set(WORDS[3]?.split(" "));

const FUNCTION_WORDS: ReadonlySet<string> = new Set(WORDS.slice(0, 3).flatMap((line) => line.split(" ")));
