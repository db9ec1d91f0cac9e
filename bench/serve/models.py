"""Writes resnet18.pt2 (batches of 1 to 64) and resnet18.pt into a folder: random weights, the same in both."""

import sys

import torch

# torchvision's binary operators are not needed, and its wheel may be of another build.
library = torch.library.Library("torchvision", "DEF")
library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
import torchvision  # noqa: E402

folder = sys.argv[1]
torch.manual_seed(0)
model = torchvision.models.resnet18().eval()
images = torch.rand(2, 3, 224, 224)
batch = torch.export.Dim("batch", min=1, max=64)
torch.export.save(torch.export.export(model, (images,), dynamic_shapes=({0: batch},)), f"{folder}/resnet18.pt2")
torch.jit.save(torch.jit.trace(model, images), f"{folder}/resnet18.pt")
