"""The losses, one a file; tensors in, one number out."""
