"""What a statement may read and call: table functions that are allowed, functions that are refused and why."""

from typing import Final

TABLE_FUNCTIONS: Final = frozenset(
    {
        "range",
        "generate_series",
        "generate_subscripts",
        "unnest",
        "repeat",
        "repeat_row",
        "json_each",
        "json_tree",
    }
)
"""Table functions that read nothing but their arguments. Every other one is refused."""

_REFUSED_BY_REASON: Final = {
    "settings": "getenv current_setting inet_client_addr inet_client_port inet_server_addr inet_server_port"
    " pg_conf_load_time pg_postmaster_start_time current_connection_id current_transaction_id current_query_id"
    " txid_current",
    "state": "getvariable variable nextval currval setval lastval setseed write_log",
    "waiting": "sleep_ms pg_sleep",
    "internal": "json_serialize_plan json_serialize_sql json_deserialize_sql json_execute_serialized_sql"
    " parse_duckdb_log_message get_block_size index_key stats vector_type"
    # These take raw states and bytes apart without checking them.
    " to_aggregate_state finalize combine variant_bytes_to_variant variant_to_parquet_variant remap_struct"
    " create_sort_key",
}
REFUSED_FUNCTIONS: Final = {
    name: reason for reason, names in _REFUSED_BY_REASON.items() for name in names.split()
}
"""Scalar functions that are refused, and the code of the reason (`messages.REASONS`)."""

INTERNAL_PREFIX: Final = "__"


def refusal(name: str) -> str | None:
    """Code of the reason why a function is refused, None for one that is allowed."""
    lowered = name.lower()
    return "internal" if lowered.startswith(INTERNAL_PREFIX) else REFUSED_FUNCTIONS.get(lowered)
