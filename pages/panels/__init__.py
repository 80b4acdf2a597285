"""Parts of pages that do more than draw tiles: the SQL desk and the making of packs."""
