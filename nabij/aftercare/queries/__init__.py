"""Reading runs, their steps and facts."""
