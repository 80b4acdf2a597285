"""Tonnes never enter or leave the record without a word: what moved, by whom, and how to acknowledge it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from etl.sources.limits import Limits
from etl.sources.stops import BuildStopped
from etl.warehouse.build import build
from etl.warehouse.publish import published
from tests.etl.data_folder import DataFolder, copied_data

Edit = Callable[[DataFolder], None]
