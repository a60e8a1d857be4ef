"""White cells, red cells and platelets of blood fields (bccd), found by one network of the detector's code."""
