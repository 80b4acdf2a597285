"""Terms of the common nomenclatures, of the edition named here, spelt as the central platform spells them."""

from datetime import date
from typing import Final

EDITION: Final = date(2026, 2, 17)

GHG: Final = "GHG"
NON_GHG: Final = "non-GHG"
METRICS: Final = (GHG, NON_GHG)
SECTORS: Final = (
    "Agriculture",
    "Building and construction",
    "Cross-sectoral mechanisms",
    "Energy generation",
    "Forestry and land use",
    "Industrial processes",
    "Transportation",
    "Urban development",
    "Waste management",
)
PURPOSES: Final = ("NDC", "OIMP", "IMP", "OP", "NDC and OIMP", "NDC and IMP", "NDC and OP")
PURPOSES_BEYOND_NDC: Final = tuple(purpose for purpose in PURPOSES if purpose != "NDC")
OIMP: Final = "OIMP"
FIRST_TRANSFER_DEFINITIONS: Final = ("Authorisation", "Issuance", "Use or Cancellation")

AUTHORIZATION: Final = "Authorization"
FIRST_TRANSFER: Final = "First transfer"
TRANSFER: Final = "Transfer"
ACQUISITION: Final = "Acquisition"
USE: Final = "Use"
CANCELLATION: Final = "Cancellation"
VOLUNTARY_CANCELLATION: Final = "Voluntary Cancellation"
CANCELLATIONS: Final = (CANCELLATION, VOLUNTARY_CANCELLATION)
ACTION_TYPES: Final = (AUTHORIZATION, FIRST_TRANSFER, TRANSFER, ACQUISITION, USE, *CANCELLATIONS)

CANCELLED_FOR_USE: Final = "Use or cancellation"
TO_ANOTHER_PARTY: Final = "First transfer to another Party"
ACTION_SUBTYPES: Final = (
    TO_ANOTHER_PARTY,
    "Authorization",
    "Issuance",
    CANCELLED_FOR_USE,
    "Mandatory transfer to the Adaptation Fund (A6.4 ERs)",
    "Voluntary transfer to the Adaptation Fund (A6.4 ERs)",
    "Mandatory cancellation to deliver OMGE",
    "Voluntary cancellation to deliver OMGE",
    "Other cancellations",
    "Not yet defined",
)
JCM: Final = "JCM"
UNIT_REGISTRIES: Final = (
    "VCS",
    "GS",
    "CAR",
    "ACR",
    "ART",
    "GCC",
    "Cercarbono",
    "Isometric",
    "ISFL",
    "FCPF",
    "T-VER",
    JCM,
)
REDUCTIONS: Final = "Emission reductions"
MITIGATION_TYPES: Final = (REDUCTIONS, "Removals", "Emission reductions and removals")
ACTIVITY_TYPES: Final = (
    "Afforestation",
    "Agriculture",
    "Biogas",
    "Biomass Energy",
    "Cement",
    "C02 usage",
    "Coal bed/mine methane",
    "Energy distribution",
    "Energy Efficiency households",
    "Energy Efficiency Industry",
    "Energy Efficiency own generation",
    "Energy Efficiency service",
    "Energy Efficiency supply side",
    "Fossil fuel switch",
    "Fugitive",
    "Geothermal",
    "Hydro",
    "Landfill gas",
    "Methane avoidance",
    "N2O",
    "PFCs and SF6",
    "Reforestation",
    "Solar",
    "Tidal",
    "Transport",
    "Waste",
    "Wind",
)
