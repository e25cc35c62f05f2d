"""The parts that operations are described with."""

from collections.abc import Mapping, Sequence
from typing import Any

Json = dict[str, Any]
"""A JSON object."""

_HEADS = {
    "400": "The request makes no sense; the reason says why.",
    "401": "Nobody knows this API key.",
    "404": "There is no such order.",
    "409": "Not possible now; the reason says why.",
    "413": "The request has more than 16 KiB.",
    "500": "The server's refusal, or its failure.",
}


def ref(name: str) -> Json:
    """A schema by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def record(required: Mapping[str, Json], optional: Mapping[str, Json] | None = None) -> Json:
    """The schema of an object with these properties, and no others."""
    properties = {**required, **(optional or {})}
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def asked(required: Mapping[str, Json], optional: Mapping[str, Json] | None = None) -> Json:
    """The schema of a request's object: what else it holds is ignored."""
    return {**record(required, optional), "additionalProperties": True}


def query(name: str, schema: Json, *, required: bool = False) -> Json:
    """A parameter of the query."""
    return {"name": name, "in": "query", "required": required, "schema": schema}


def operation(
    name: str,
    summary: str,
    answer: Json,
    *,
    parameters: Sequence[Json] = (),
    body: Json | None = None,
    body_needed: bool = True,
    key: str = "",
    fails: Sequence[str] = (),
    reasons: Sequence[str] = (),
    links: Sequence[str] = (),
) -> Json:
    """One operation.

    Args:
        name: its `operationId`.
        summary: what it does.
        answer: the schema of its body where all is well (200).
        parameters: of the query and the path.
        body: the schema of the request's JSON.
        body_needed: whether the request needs one.
        key: "needed", "optional", or "" where an API key does not matter.
        fails: status codes of other answers, beside those that follow from what is given here.
        reasons: every reason that comes with 500; none where 500 does not come.
        links: operations that take the `orderId` of the answer.
    """
    codes = {*fails}
    if body is not None:
        codes |= {"400", "413"}
    if key:
        codes |= {"400", "401"}
    good: Json = {"description": "Done.", "content": {"application/json": {"schema": answer}}}
    if links:
        good["links"] = {target: _link(target) for target in links}
    answers: Json = {"200": good, **{code: _failure(code, ref("Failure")) for code in sorted(codes)}}
    if reasons:
        answers["500"] = _failure("500", record({"status": {"const": "error"}, "reason": {"enum": list(reasons)}}))
    made: Json = {"operationId": name, "summary": summary, "responses": answers}
    if parameters:
        made["parameters"] = list(parameters)
    if body is not None:
        made["requestBody"] = {"required": body_needed, "content": {"application/json": {"schema": body}}}
    if key:
        made["security"] = [{"ApiKey": []}] if key == "needed" else [{}, {"ApiKey": []}]
    return made


def _failure(code: str, schema: Json) -> Json:
    return {"description": _HEADS[code], "content": {"application/json": {"schema": schema}}}


def _link(target: str) -> Json:
    where = "$response.body#/orderId"
    if target == "pay":
        return {"operationId": target, "requestBody": {"orderId": where}}
    return {"operationId": target, "parameters": {"orderId": where}}
