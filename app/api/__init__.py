"""HTTP ↔ engine: requests are checked and turned into the engine's records, its records into JSON."""
