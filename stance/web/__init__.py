"""The web page: an article's statements, who says them and where they stand, at a glance.

`build_page` makes the Gradio page around a scoring service; `mount_page` puts it into a web
application. Gradio and the plot library are imported when one of the two is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stance.web.mounting import launch_options, mount_page
    from stance.web.page import build_page

__all__ = ["build_page", "launch_options", "mount_page"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what a module holds
    if name == "build_page":
        from stance.web.page import build_page  # noqa: PLC0415 - Gradio is slow to import

        return build_page
    if name in ("launch_options", "mount_page"):
        from stance.web import mounting  # noqa: PLC0415

        return getattr(mounting, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
