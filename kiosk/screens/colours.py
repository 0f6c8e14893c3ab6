"""The colours of what came of something, which no eye takes for each other, each with the ink that is read on it."""

GOOD, DOUBTFUL, BAD, CALM = "#009E80", "#F0D000", "#D55E00", "#333333"
ON_COLOUR, ON_CALM = "#000000", "#FFFFFF"
