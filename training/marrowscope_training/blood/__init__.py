"""White cells, red cells and platelets of blood fields (bccd) in one network of the detector's code."""
