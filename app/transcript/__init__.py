"""The transcript: its document, its archive, its export, its voice and its panel."""
