"""The colours of what came of something, each with the ink that is read on it (Okabe and Ito's, for every eye)."""

GOOD, DOUBTFUL, BAD, CALM = "#009E73", "#E69F00", "#D55E00", "#333333"
ON_COLOUR, ON_CALM = "#000000", "#FFFFFF"
