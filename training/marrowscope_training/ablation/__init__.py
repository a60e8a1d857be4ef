"""What each part of the networks is worth, and how their nearest peers do on the same pictures and the same budget."""
