"""How the page is served: its style and theme, and what Gradio must not do."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from stance.web.guards import Doorkeeper
from stance.web.inputs import MAX_FILE_BYTES
from stance.web.looks import SURFACES, color_rules
from stance.web.page import SESSIONS, build_page
from stance.web.visitors import remembering

if TYPE_CHECKING:
    from fastapi import FastAPI

    from stance.service.scoring import ScoringService

_HERE = Path(__file__).parent

_HEAD = (
    '<meta name="color-scheme" content="light dark">'
    "<style>#vg-tooltip-element.vg-tooltip { font-size: 13px !important; }</style>"
)
"""What stands before the page: Gradio's `css` reaches nothing outside it, such as tooltips."""

_SANS = ["Helvetica Neue", "Helvetica", "Arial", "Liberation Sans", "sans-serif"]
_MONO = ["Menlo", "Consolas", "monospace"]


def mount_page(
    app: FastAPI,
    service: ScoringService,
    *,
    token: str | None = None,
    origins: Sequence[str] = (),
) -> None:
    """Put the page at `/` of a web application.

    Args:
        app: The application; the page takes every path that it has not.
        service: What scores.
        token: Where given, visitors log in with any name and this as the password.
        origins: Other sites whose scripts may ask, where the application has no `CORSMiddleware`
            of its own. Gradio by itself would let those of every site.
    """
    around: list[object] = [one.cls for one in app.user_middleware]
    if CORSMiddleware not in around:
        app.add_middleware(CORSMiddleware, allow_origins=origins, allow_methods=["GET", "POST"])
    auth = None if token is None else _password(token)
    gr.mount_gradio_app(
        app, build_page(service), path="/", show_error=False, auth=auth, **_shared_options()
    )


def launch_options() -> dict[str, Any]:
    """Return what `Blocks.launch` needs to serve the page alone as `mount_page` does."""
    options = {"share": False, "show_error": False}
    return _shared_options() | options | {"state_session_capacity": SESSIONS}


def _password(token: str) -> Callable[[str, str], bool]:
    def check(_: str, password: str) -> bool:
        return secrets.compare_digest(password.encode(), token.encode())

    return check


def _shared_options() -> dict[str, Any]:
    """Return style and theme, and everything off that would keep or send what visitors write."""
    return {
        "theme": _theme(),
        "css": color_rules() + (_HERE / "style.css").read_text(encoding="utf-8"),
        "head": _HEAD,
        "favicon_path": str(_HERE / "icon.svg"),
        "footer_links": [],
        "run_history": False,
        "ssr_mode": False,
        "pwa": False,
        "mcp_server": False,
        "enable_monitoring": False,
        "max_file_size": MAX_FILE_BYTES,
        "allowed_paths": [],
        "app_kwargs": {"middleware": [Middleware(Doorkeeper)], "lifespan": remembering},
    }


def _theme() -> gr.themes.Base:
    """Return a plain theme in the page's colours, with fonts that every system has."""
    paper, sheet, ink, faint, rule, line = (
        SURFACES[name] for name in ("paper", "sheet", "ink", "faint", "rule", "line")
    )
    pairs = {
        "body_background_fill": paper,
        "background_fill_primary": sheet,
        "background_fill_secondary": paper,
        "block_background_fill": sheet,
        "block_label_background_fill": sheet,
        "block_label_text_color": faint,
        "block_title_text_color": ink,
        "block_info_text_color": faint,
        "body_text_color": ink,
        "body_text_color_subdued": faint,
        "border_color_primary": rule,
        "input_background_fill": sheet,
        "input_border_color": line,
        "input_border_color_focus": ink,
        "input_placeholder_color": faint,
        "loader_color": ink,
        "button_primary_background_fill": ink,
        "button_primary_background_fill_hover": faint,
        "button_primary_text_color": paper,
        "button_secondary_background_fill": sheet,
        "button_secondary_background_fill_hover": paper,
        "button_secondary_border_color": line,
        "button_secondary_text_color": ink,
    }
    values = {name: light for name, (light, _) in pairs.items()}
    values |= {f"{name}_dark": dark for name, (_, dark) in pairs.items()}
    theme = gr.themes.Base(font=_SANS, font_mono=_MONO, radius_size=gr.themes.sizes.radius_sm)
    return theme.set(**values, input_border_width="1px")
