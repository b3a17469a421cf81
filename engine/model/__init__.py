"""The papers: activations, the network, its cost, and the gradient of that cost."""
