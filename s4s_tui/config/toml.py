"""Values as TOML."""

from collections.abc import Mapping


def literal(value: object) -> str:
    """The value as TOML, on one line."""
    import tomli_w

    if isinstance(value, Mapping):
        inside = ", ".join(f"{literal(str(name))} = {literal(each)}" for name, each in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    plain = value if isinstance(value, bool | int) else str(value)
    return tomli_w.dumps({"x": plain}).strip().removeprefix("x = ")
