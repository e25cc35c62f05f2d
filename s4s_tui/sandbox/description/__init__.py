"""The OpenAPI 3.1 description of what a sandbox serves: the API's endpoints and the control API's."""

from s4s_tui import __version__
from s4s_tui.sandbox.description import api, control, faults, schemas
from s4s_tui.sandbox.description.parts import Json
from s4s_tui.sandbox.options import SandboxOptions

_TEXT = """\
A double of the sms4sats API for development. Invoices are signed, but nobody can pay them: the control API under \
/_sandbox/ does. Failures are {"status": "error", "reason": "..."}. Amounts, counts and ids are numbers or numeric \
strings, as the sandbox's style has it; read both."""


def document(options: SandboxOptions) -> Json:
    """The description of a sandbox with these choices."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "s4s-tui sandbox", "version": __version__, "description": _TEXT},
        "servers": [{"url": "/"}],
        "paths": {**api.paths(email=options.email), **control.paths(), **faults.paths()},
        "components": {
            "schemas": schemas.schemas(),
            "securitySchemes": {"ApiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"}},
        },
    }
