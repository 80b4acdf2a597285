"""Limits of the intake, as data with their help; each can be set by an environment variable such as JCM_MAX_CELL."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Limits(BaseSettings):
    """Limits that a build keeps to."""

    model_config = SettingsConfigDict(env_prefix="JCM_", frozen=True)

    max_cell: int = Field(
        default=20_000,
        ge=100,
        description="Longest text of one cell, in characters; a longer one counts as empty, or rejects its row.",
    )
    max_file_mb: int = Field(
        default=200, ge=1, description="Largest input file, in megabytes; a larger one stops the build."
    )
    max_reject_share: float = Field(
        default=0.05,
        ge=0,
        le=1,
        description="Largest share of rows in a table that were rejected or lost a cell; more stop the build.",
    )
    spared_rows: int = Field(
        default=2,
        ge=0,
        description="Rows of a small table that may be rejected, lose a cell or be gone, whatever their share; never all of them.",
    )
    max_shrink_share: float = Field(
        default=0.1,
        ge=0,
        le=1,
        description="Largest share of rows a table may lose against the published version; more stop the build.",
    )
    kept_versions: int = Field(
        default=3, ge=1, description="Versions of the warehouse that are kept, the published one included."
    )
    max_fetch_mb: int = Field(
        default=50,
        ge=1,
        description="Largest page or file that a refresh takes from a source, in megabytes, unpacked; more ends the fetch.",
    )
