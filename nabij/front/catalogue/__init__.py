"""The service catalogue: what every municipality and every resident can expect, as data."""
