"""Finds every nucleated cell: RetinaNet with path aggregation and optimal-transport assignment."""
