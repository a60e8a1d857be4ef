"""How much each part of the networks contributes, and how their nearest peers do on the same pictures with
the same budget."""
