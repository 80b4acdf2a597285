"""A small OpenID Connect provider on this machine, for tests and for trying the sign-in: `python -m tests.oidc_provider`.

Whoever types a name is signed in under it: no use but for trying. Keys are made at the start and never leave the process.
"""

import argparse
import base64
import hashlib
import html
import secrets
import sys
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT_ID, CLIENT_SECRET = "jcm-tracker", "not-a-secret-local-only"
_FORM = """<!doctype html><html lang="en"><title>Local sign-in</title><link rel="icon" href="data:,"><h1>Local sign-in</h1>
<form method="post" action="authorize?{query}"><label>Name <input name="name" autofocus></label>
<button>Sign in</button></form></html>"""


@dataclass
class Provider:
    """The provider at `issuer`; codes that were handed out wait for the token request of the client."""

    issuer: str
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "local", "use": "sig"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def app(self) -> Starlette:
        """The provider as an ASGI application."""
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._metadata),
                Route("/jwks", self._jwks),
                Route("/authorize", self._authorize, methods=["GET", "POST"]),
                Route("/token", self._token, methods=["POST"]),
                Route("/logout", self._logout),
            ]
        )

    async def _metadata(self, _: Request) -> Response:
        ends = {"authorization": "authorize", "token": "token", "end_session": "logout"}
        return JSONResponse(
            {
                "issuer": self.issuer,
                "jwks_uri": f"{self.issuer}/jwks",
                **{f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in ends.items()},
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def _jwks(self, _: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        if asked.get("client_id") != CLIENT_ID or asked.get("response_type") != "code":
            return HTMLResponse("Unknown client.", 400)
        if request.method == "GET":
            return HTMLResponse(_FORM.format(query=html.escape(urlencode(asked))))
        code = secrets.token_urlsafe(16)
        name = str((await request.form()).get("name") or "Somebody")
        self.codes[code] = {**asked, "name": name}
        return RedirectResponse(
            f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 303
        )

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        given = base64.b64decode(request.headers.get("authorization", "").removeprefix("Basic ")).decode()
        known = self.codes.pop(str(form.get("code")), None)
        verifier = hashlib.sha256(str(form.get("code_verifier")).encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        if (
            known is None
            or given != f"{CLIENT_ID}:{CLIENT_SECRET}"
            or known["redirect_uri"] != form.get("redirect_uri")
            or known.get("code_challenge") != challenge
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": known["name"],
            "name": known["name"],
            "nonce": known["nonce"],
            "iat": now,
            "exp": now + 300,
        }
        token = jwt.encode({"alg": "RS256", "kid": "local"}, claims, self.key)
        return JSONResponse(
            {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "id_token": token}
        )

    async def _logout(self, request: Request) -> Response:
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], 303)


def secrets_of(issuer: str, tracker: str, base_path: str = "") -> str:
    """The secrets.toml of a tracker that signs in with the provider at `issuer`."""
    return (
        "[auth]\n"
        f'redirect_uri = "{tracker}{base_path}/oauth2callback"\n'
        f'cookie_secret = "{secrets.token_urlsafe(32)}"\n'
        f'client_id = "{CLIENT_ID}"\n'
        f'client_secret = "{CLIENT_SECRET}"\n'
        f'server_metadata_url = "{issuer}/.well-known/openid-configuration"\n'
    )


def main() -> int:
    """Serve the provider on this machine, and print the secrets.toml that goes with it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8600)
    parser.add_argument("--tracker", default="http://127.0.0.1:8501", help="address of the tracker")
    given = parser.parse_args()
    issuer = f"http://127.0.0.1:{given.port}"
    sys.stdout.write(f"{secrets_of(issuer, given.tracker)}\nProvider: {issuer}\n")
    sys.stdout.flush()
    uvicorn.run(Provider(issuer).app(), host="127.0.0.1", port=given.port, log_level="warning")
    return 0


if __name__ == "__main__":
    sys.exit(main())
