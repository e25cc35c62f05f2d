"""The control of the faults over HTTP: `/_sandbox/faults` (extra `demo`)."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from s4s_tui.sandbox.fault_rules import FaultError, read_fault, written
from s4s_tui.sandbox.faults import FaultBox, TooManyFaults
from s4s_tui.sandbox.options import CONTROL
from s4s_tui.sandbox.orders import Refusal
from s4s_tui.sandbox.requests import json_object

FAULTS = f"{CONTROL}/faults"
"""Where faults are put into force (POST), listed (GET) and taken out of force (DELETE)."""


def fault_routes(box: FaultBox) -> list[Route]:
    """The routes that control these faults.

    `POST /_sandbox/faults` takes a fault as JSON and answers with its number; `GET` lists those in force; `DELETE`
    takes all of them out of force, and `DELETE /_sandbox/faults/3` one.
    """
    control = _Control(box)
    return [
        Route(FAULTS, control.inject, methods=["POST"]),
        Route(FAULTS, control.listed, methods=["GET"]),
        Route(FAULTS, control.clear, methods=["DELETE"]),
        Route(FAULTS + "/{number}", control.remove, methods=["DELETE"]),
    ]


class _Control:
    def __init__(self, box: FaultBox) -> None:
        self._box = box

    async def inject(self, request: Request) -> JSONResponse:
        try:
            number = self._box.add(read_fault(await json_object(request)))
        except FaultError as error:
            raise Refusal(str(error), http_status=400) from error
        except TooManyFaults as error:
            raise Refusal(str(error), http_status=409) from error
        return JSONResponse({"status": "OK", "number": number})

    async def listed(self, _request: Request) -> JSONResponse:
        return JSONResponse({"status": "OK", "faults": [written(injected) for injected in self._box.injected()]})

    async def clear(self, _request: Request) -> JSONResponse:
        self._box.clear()
        return JSONResponse({"status": "OK"})

    async def remove(self, request: Request) -> JSONResponse:
        # Compared as words: what is no number, or too long to be read as one, is the number of no fault either.
        numbers = {str(injected.number): injected.number for injected in self._box.injected()}
        number = numbers.get(request.path_params["number"])
        if number is None or not self._box.remove(number):
            raise Refusal("There is no fault of this number.", http_status=404)
        return JSONResponse({"status": "OK"})
