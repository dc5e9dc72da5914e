"""Print every status table as a diagram, for docs/lifecycles.md."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from breaches.audit.lifecycle import Lifecycle


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(
            "# Lifecycles\n\nMade by `./run draw_lifecycles`; a test keeps this page true.\n\n"
        )
        models = [model for model in apps.get_models() if issubclass(model, Lifecycle)]
        for model in sorted(models, key=lambda model: model.__name__):
            self.stdout.write("\n".join(diagram(model)))


def diagram(model: type[Lifecycle]) -> Iterator[str]:
    """Yield the lines of one Mermaid state diagram."""
    yield f"## {model.__name__}\n\n```mermaid\nstateDiagram-v2"
    yield f"    [*] --> {next(iter(model.MOVES))}"
    for status, targets in model.MOVES.items():
        yield from (f"    {status} --> {target}" for target in sorted(targets))
    yield "```\n"
