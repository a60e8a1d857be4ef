"""Trains, measures and exports Marrowscope's two networks. Nothing at run time needs this package."""
