"""Names the type of one cell: a Vision Transformer with overlapping patches and region selection."""
