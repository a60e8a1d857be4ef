"""What each part of the detector is worth, and how its nearest peers do on the same fields and the same budget."""
