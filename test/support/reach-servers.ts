import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Server } from "node:net";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import type { Sandbox } from "./sandbox.ts";

/** A host that no name server knows. */
export const HIDDEN = "hub.invalid";

const PROXY_LOGIN = `Basic ${Buffer.from("bob:proxy-Pass").toString("base64")}`;

/** Opens a server on any free port of this machine, closed with the sandbox; its port. */
async function open(
  sandbox: Sandbox,
  server: Server & { closeAllConnections?: () => void },
): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  sandbox.atEnd(() => {
    server.closeAllConnections?.();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** Sends a request on to a port of this machine, and its answer back. */
function forward(incoming: IncomingMessage, answer: ServerResponse, port: number, headers = {}): void {
  const { pathname, search } = new URL(incoming.url ?? "/", "http://any");
  const options = { port, path: pathname + search, method: incoming.method };
  const onward = request(
    { ...options, headers: { ...incoming.headers, ...headers } },
    (reply) => void reply.pipe(answer.writeHead(reply.statusCode ?? 502, reply.headers)),
  );
  onward.on("error", () => answer.destroy());
  incoming.pipe(onward);
}

/** A proxy that knows the hidden host: `port` for http, `tlsPort` for https. With `login`, it asks for one. */
export async function openProxy(
  sandbox: Sandbox,
  { port, tlsPort, login = false }: { port: number; tlsPort: number; login?: boolean },
): Promise<number> {
  const isLetIn = ({ headers }: IncomingMessage) => !login || headers["proxy-authorization"] === PROXY_LOGIN;
  const server = createServer((incoming, answer) => {
    if (!isLetIn(incoming))
      return void answer.writeHead(407, { "Proxy-Authenticate": 'Basic realm="proxy"' }).end();
    forward(incoming, answer, port);
  });
  server.on("connect", (incoming, socket) => {
    if (!isLetIn(incoming))
      return void socket.end('HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm="proxy"\r\n\r\n');
    const onward = connect(tlsPort, "127.0.0.1", () => socket.write("HTTP/1.1 200 Connected\r\n\r\n"));
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
    socket.pipe(onward).pipe(socket);
  });
  return open(sandbox, server);
}

/** The files of an authority that no system trusts: its own certificate, and one that it gave to a user. */
export interface Certificates {
  readonly authority: string;
  readonly user: string;
  readonly userKey: string;
}

/** A server with a certificate, which lets a user with one in, and others by the login that the hub behind it asks for. */
export async function openTlsServer(
  sandbox: Sandbox,
  port: number,
  login: string,
): Promise<{ port: number; certificates: Certificates }> {
  const folder = sandbox.folder("certificates");
  const at = (name: string) => join(folder, name);
  const make = (name: string, ...how: string[]) => {
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    const files = ["-keyout", at(`${name}.key`), "-out", at(`${name}.pem`), "-days", "2"];
    execFileSync("openssl", ["req", "-x509", ...key, ...files, "-subj", `/CN=${name}`, ...how], {
      stdio: "ignore",
    });
  };
  const by = ["-CA", at("authority.pem"), "-CAkey", at("authority.key")];
  make("authority", "-addext", "keyUsage=critical,keyCertSign,digitalSignature");
  const leaf = ["-addext", "basicConstraints=critical,CA:FALSE"];
  make("server", ...by, ...leaf, "-addext", `subjectAltName=IP:127.0.0.1,DNS:${HIDDEN}`);
  make("user", ...by, ...leaf);
  const server = createTlsServer(
    {
      ca: readFileSync(at("authority.pem")),
      cert: readFileSync(at("server.pem")),
      key: readFileSync(at("server.key")),
      requestCert: true,
      rejectUnauthorized: false,
    },
    (incoming, answer) => {
      const isKnown = (incoming.socket as TLSSocket).authorized;
      const header = { authorization: `Basic ${Buffer.from(login).toString("base64")}` };
      forward(incoming, answer, port, isKnown ? header : {});
    },
  );
  return {
    port: await open(sandbox, server),
    certificates: { authority: at("authority.pem"), user: at("user.pem"), userKey: at("user.key") },
  };
}
