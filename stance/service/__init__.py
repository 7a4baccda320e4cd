"""The HTTP service: one scorer behind a JSON API, and behind the page that `stance.web` builds."""
