"""`GET /healthz`: whether this copy of the server is ready."""

from fastapi import APIRouter, Response

from app import __version__
from app.api.answers import HealthAnswer
from app.api.wire import json_response

router = APIRouter(tags=["Health"])


@router.get("/healthz", response_model=HealthAnswer, summary="Ready?")
async def get_health() -> Response:
    """Say yes."""
    return json_response({"status": "ok", "version": __version__})
