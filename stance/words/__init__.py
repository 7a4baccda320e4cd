"""Words that the finding of statements and of speakers both know: cues, word classes, names."""
