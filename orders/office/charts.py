"""What all charts share: black on white, no script that runs, served as a picture with its own policy."""

from typing import Any

from flask import Response
from pygal.style import Style

WIDTH, HEIGHT = 900, 420  # px
INK, LINE = "#111111", "#d9d9d4"
POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # pygal writes its style into the picture

STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground=INK,
    foreground_strong=INK,
    foreground_subtle=INK,
    colors=(INK,) * 9,
    value_colors=(INK,) * 9,
    font_family="system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif",
    label_font_size=14,
    major_label_font_size=14,
    value_font_size=14,
    value_label_font_size=14,
    opacity="1",
    guide_stroke_dasharray="none",
    major_guide_stroke_dasharray="none",
    guide_stroke_color=LINE,
    major_guide_stroke_color=LINE,
)
PLAIN: dict[str, Any] = {
    "style": STYLE,
    "js": [],
    "show_legend": False,
    "x_label_rotation": 0,
    "truncate_label": -1,
    "margin": 24,
}


def picture(drawn: bytes) -> Response:
    """An SVG as an answer."""
    return Response(drawn, mimetype="image/svg+xml", headers={"Content-Security-Policy": POLICY})
