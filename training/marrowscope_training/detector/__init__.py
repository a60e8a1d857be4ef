"""Finds every nucleated cell: RetinaNet with path aggregation, cells assigned by optimal transport or ATSS."""
