"""Reading the labelled images, composing fields, and augmentation."""
