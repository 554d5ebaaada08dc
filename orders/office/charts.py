"""What all charts share: black on white, no script that runs, served as a picture with its own policy."""

from typing import Any

from flask import Response

WIDTH, HEIGHT = 900, 420  # px
INK, LINE = "#111111", "#d9d9d4"
POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # pygal writes its style into the picture

FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif"
LETTERS = ("label", "major_label", "value", "value_label")
PARTS = ("foreground", "foreground_strong", "foreground_subtle")


def plain() -> dict[str, Any]:
    """The settings of every chart."""
    from pygal.style import Style  # late: 6 MB that only charts need

    style = Style(
        background="transparent",
        plot_background="transparent",
        **dict.fromkeys(PARTS, INK),
        colors=(INK,) * 9,
        value_colors=(INK,) * 9,
        font_family=FONTS,
        **{f"{each}_font_size": 14 for each in LETTERS},
        opacity="1",
        guide_stroke_dasharray="none",
        major_guide_stroke_dasharray="none",
        guide_stroke_color=LINE,
        major_guide_stroke_color=LINE,
    )
    return {
        "style": style,
        "js": [],
        "show_legend": False,
        "x_label_rotation": 0,
        "truncate_label": -1,
        "margin": 24,
    }


def picture(drawn: bytes) -> Response:
    """An SVG as an answer."""
    return Response(drawn, mimetype="image/svg+xml", headers={"Content-Security-Policy": POLICY})
