"""At the scene: check-ins, the alarm button, going in by two, relief, materials, and the test of phones."""
