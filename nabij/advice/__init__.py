"""Advice to municipalities: who to call, questions with a moment, what was answered, calls on the line."""
