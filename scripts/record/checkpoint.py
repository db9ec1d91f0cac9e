"""Records a state dict of Python: python scripts/record/checkpoint.py"""
import torch

model = torch.nn.Linear(3, 2)
model.weight.data = torch.arange(6.0).view(2, 3)
torch.save(model.state_dict(), "test/serialization/python.pt")
