"""What stands beside the texts of a centre: SIS, questions, languages and the script for the telephone."""
