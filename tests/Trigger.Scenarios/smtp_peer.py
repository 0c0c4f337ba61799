"""aiosmtpd that asks for STARTTLS and a login: smtp_peer.py CERTIFICATE KEY USER PASSWORD. Prints 'port N', then each message as one line of JSON."""
import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

certificate, key, user, password = sys.argv[1:5]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)


class Keeper:
    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        print(json.dumps({"to": envelope.rcpt_tos, "from": envelope.mail_from, "subject": message["subject"], "auto": message["auto-submitted"],
                          "body": message.get_content(), "tls": session.ssl is not None, "user": session.auth_data.decode()}), flush=True)
        return "250 kept"


def login(server, session, envelope, mechanism, data):
    good = data.login.decode() == user and data.password.decode() == password
    return AuthResult(success=good, handled=False, auth_data=data.login)


class Server(SMTP):
    async def auth_login(self, server, args):  # RFC 4954: the name of a mechanism may be written in any case; aiosmtpd knows one.
        return await self.auth_LOGIN(server, args)


async def serve():
    server = await asyncio.get_running_loop().create_server(
        lambda: Server(Keeper(), hostname="localhost", tls_context=context, require_starttls=True, auth_required=True, authenticator=login), "127.0.0.1", 0)
    print("port %d" % server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(serve())
