"""The orders that the list of services can be shown in: pure."""

from collections.abc import Iterable
from enum import StrEnum
from typing import assert_never

from s4s_tui.domain.catalogue import Service
from s4s_tui.domain.search import fold


class ServiceOrder(StrEnum):
    """What the services are sorted by."""

    NAME = "name"
    COUNT = "count"


def sort_services(rows: Iterable[Service], order: ServiceOrder) -> tuple[Service, ...]:
    """The services by name (case and accents ignored) or by available numbers, most first.

    By count, services whose count is unknown come after those with numbers, and those with none come last.
    """
    match order:
        case ServiceOrder.NAME:
            return tuple(sorted(rows, key=_by_name))
        case ServiceOrder.COUNT:
            return tuple(sorted(rows, key=_by_count))
        case _:
            assert_never(order)


def _by_name(service: Service) -> tuple[str, str]:
    return fold(service.name), service.code


def _by_count(service: Service) -> tuple[int, int, str, str]:
    if service.count is None:
        return (1, 0, *_by_name(service))
    return (0 if service.count > 0 else 2, -service.count, *_by_name(service))
