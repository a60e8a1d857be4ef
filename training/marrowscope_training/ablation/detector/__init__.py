"""The detector, its parts and its peers."""
