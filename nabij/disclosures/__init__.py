"""What a receiver gets of whom, exactly by consent."""
