"""What the house rules look at: the tree, the storeys, the models and the addresses."""
