"""The stocks of labels as the office chooses among them: what stands on the box, and what it is."""

from orders.shipping.printing.print_requests import OFFERED_SHEETS


def sheet_choices() -> list[tuple[str, str]]:
    """The name of each stock, and what to show for it: sheets with their number of labels, rolls with their maker."""
    return [
        (
            each.name,
            f"{each.name} · {each.count if each.count > 1 else each.maker} · {each.width:.0f} × {each.height:.0f} mm",
        )
        for each in OFFERED_SHEETS
    ]
