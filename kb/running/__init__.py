"""Running: from a query to the cells that it quotes and the values computed from them."""
