"""The QR code as it stands on the screen, colours and all, is read by a decoder that is not ours."""

import pytest

from tests.acceptance.conftest import Start
from tests.acceptance.screen import read_qr
from tests.acceptance.server import Server
from tests.pty_driver import Terminal

pytestmark = pytest.mark.pty


def wait_decoded(terminal: Terminal, invoice: str) -> None:
    """Until the QR code on the screen says the invoice; the letters' case is the code's, an invoice has none."""
    size = f"{terminal.screen.columns}x{terminal.screen.lines}"
    terminal.settle()
    terminal.until(lambda: (read_qr(terminal) or "").lower() == invoice, f"no QR code of the invoice at {size}")


def test_the_qr_code_decodes_to_the_invoice_in_every_size(server: Server, start: Start) -> None:
    terminal = start(S4S_API_URL=server.url, size=(80, 24))
    terminal.type("germ\rteleg\r")
    terminal.wait("Payable for")
    invoice = server.order.payreq
    wait_decoded(terminal, invoice)

    for size in ((100, 36), (120, 40)):
        terminal.resize(*size)
        terminal.wait("Payable for")
        wait_decoded(terminal, invoice)

    for size in ((60, 20), (80, 24)):
        terminal.resize(*size)
        terminal.wait("z Large QR" if size[0] > 60 else "z shows the QR code")
        terminal.key("z")
        terminal.gone("Scan it with a wallet" if size[0] > 60 else "z shows the QR code")
        wait_decoded(terminal, invoice)
        terminal.key("z")
        terminal.wait("c Copy invoice")
