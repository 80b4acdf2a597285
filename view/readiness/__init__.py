"""How far each partner is with Article 6."""
