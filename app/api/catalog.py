"""`GET /api/catalog`: the engine's tables, the presets and the limits, so that a client hard-codes none."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from fastapi import APIRouter, Response

from app import limits
from app.api.catalog_answers import CatalogAnswer
from app.api.presets import PRESETS
from app.api.races import RACES, Race
from app.api.wire import json_response
from app.engine.activations import ACTIVATIONS, Activation
from app.engine.datasets import DATASETS, Dataset
from app.engine.features import FEATURES
from app.engine.health import HEALTH
from app.engine.initializers import BIAS, INITIALIZERS
from app.engine.losses import FUSED, LOSSES, Loss
from app.engine.optimizers import OPTIMIZERS
from app.engine.surface import Surface
from app.engine.surfaces import SURFACES

router = APIRouter(tags=["Choices"])


def _activation(row: Activation) -> dict[str, Any]:
    return {
        "name": row.name,
        "label": row.label,
        "lowest": row.lowest if isfinite(row.lowest) else None,
        "highest": row.highest if isfinite(row.highest) else None,
        "last_layer_only": row.last_layer_only,
    }


def _loss(row: Loss) -> dict[str, Any]:
    fused = next((one.activation for one in FUSED.values() if one.loss == row.name and one.is_difference), None)
    return {
        "name": row.name,
        "label": row.label,
        "targets": row.targets,
        "task": row.task,
        "fused_with": fused,
    }


def _dataset(row: Dataset) -> dict[str, Any]:
    return {
        "name": row.name,
        "label": row.label,
        "description": row.description,
        "task": row.task,
        "inputs": row.inputs(row.defaults),
        "classes": row.classes(row.defaults) if row.classes else None,
        "outputs": row.outputs,
        "image_side": row.image_side(row.defaults) if row.image_side else None,
        "paper": row.paper,
        "is_fixed": row.is_fixed,
        "samples": row.samples,
        "noise": row.noise,
        "settings": row.settings,
    }


def _surface(row: Surface) -> dict[str, Any]:
    return {
        "name": row.name,
        "label": row.label,
        "description": row.description,
        "variables": row.variables,
        "axes": row.axes,
        "x_range": row.x_range,
        "y_range": row.y_range,
        "start": row.start,
        "minima": row.minima,
    }


def _race(row: Race) -> dict[str, Any]:
    return {"name": row.name, "label": row.label, "look_for": row.look_for, **row.body()}


def catalog() -> Mapping[str, Any]:
    """Return everything that can be chosen, in the tables' order."""
    return {
        "activations": [_activation(row) for row in ACTIVATIONS.values()],
        "losses": [_loss(row) for row in LOSSES.values()],
        "optimizers": [
            {"name": row.name, "label": row.label, "settings": row.settings} for row in OPTIMIZERS.values()
        ],
        "initializers": [
            {"name": row.name, "label": row.label, "settings": (*row.settings, BIAS)}
            for row in INITIALIZERS.values()
        ],
        "datasets": [_dataset(row) for row in DATASETS.values()],
        "features": list(FEATURES),
        "surfaces": [_surface(row) for row in SURFACES.values()],
        "races": [_race(row) for row in RACES.values()],
        "presets": list(PRESETS.values()),
        "health": HEALTH,
        "limits": limits.CATALOG,
    }


@router.get("/catalog", response_model=CatalogAnswer, summary="Everything that can be chosen, and every limit")
async def get_catalog() -> Response:
    """Activations, losses, optimizers, initializers, data sets and presets, each with its settings."""
    return json_response(catalog())
