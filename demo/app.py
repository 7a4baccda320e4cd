"""The web page by itself: `python demo/app.py` opens it on http://127.0.0.1:7860.

`stance serve` shows the same page beside the HTTP API.
"""

from __future__ import annotations

import stance
from stance.service.scoring import ScoringService
from stance.web import build_page, launch_options

demo = build_page(ScoringService(stance.load()))

if __name__ == "__main__":
    demo.launch(server_name="127.0.0.1", server_port=7860, inbrowser=True, **launch_options())
