"""What is done after an event, step by step, as municipality and victim support agreed beforehand."""
