"""The warehouse file: its version, how it is written beside the old one, checked and published."""
