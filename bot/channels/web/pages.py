"""Pages: the page to ask on and what belongs to it, read once; nothing of it comes from elsewhere or holds data."""

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.web.looking import NOTHING
from bot.channels.web.reception import Reception

__all__ = ["Pages"]

FOLDER = Path(__file__).parent / "page"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}


class Pages:
    """Gives the page."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception
        self._files = {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.suffix in _TYPES}

    async def page(self, request: Request) -> Response:
        """GET / and /join/CODE: the page; a new browser gets its cookie."""
        visitor = self._reception.visitors.of(request)
        return self._reception.visitors.remember(visitor, self._file("index.html"))

    async def answer(self, request: Request) -> Response:
        """GET /a/QUERY: the page, which opens with an answer; for strangers it stays closed."""
        try:
            await self._reception.admit(self._reception.visitors.of(request))
        except HTTPException:
            return self._file("index.html", 403)
        return await self.page(request)

    async def nothing(self, request: Request, error: Exception) -> Response:
        """What leads nowhere: a page with the way back for a person, one line for a program."""
        wanted = "text/html" in request.headers.get("accept", "") and request.method in ("GET", "HEAD")
        if wanted and not request.url.path.startswith("/api/"):
            return self._file("nothing.html", 404)
        line = error.detail if isinstance(error, HTTPException) and not error.detail.isascii() else NOTHING
        return JSONResponse({"error": line}, 404)

    async def file(self, request: Request) -> Response:
        """GET /page/NAME: what belongs to the page."""
        if request.path_params["name"] not in self._files:
            raise HTTPException(404, NOTHING)
        return self._file(request.path_params["name"])

    # Private functions

    def _file(self, name: str, status: int = 200) -> Response:
        return Response(self._files[name], status, media_type=_TYPES[Path(name).suffix])
