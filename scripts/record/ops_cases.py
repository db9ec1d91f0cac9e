"""Calls of the operators that PyTorch's own tests do not reach."""
import torch

CASES = {}
