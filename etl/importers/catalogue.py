"""The importers by the code of their source."""

from collections.abc import Mapping

from etl.importers import (
    iges_database,
    jcm_issuances,
    jcm_locations,
    jcm_methodologies,
    jcm_projects,
    selections,
    unep_pipeline,
    world_bank,
)
from etl.importers.source import Importer, Reader

_ALL: tuple[Importer, ...] = (
    jcm_projects.IMPORTER,
    jcm_locations.IMPORTER,
    jcm_issuances.IMPORTER,
    jcm_methodologies.IMPORTER,
    unep_pipeline.IMPORTER,
    world_bank.IMPORTER,
    iges_database.IMPORTER,
    selections.IMPORTER,
)
IMPORTERS: Mapping[str, Reader] = {importer.code: importer.read for importer in _ALL}
"""How the documents of each source are read, by its code in the table refresh_source."""
