"""Opening workbooks that people send: within limits, in a process of its own. What cells mean is the apps' business."""
