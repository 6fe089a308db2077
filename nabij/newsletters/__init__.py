"""What stands beside the texts of a centre: SIS, where it is, paper, news by e-mail, the telephone script."""
