"""The live preview: watch → update → answer. Nothing here touches `dist/`."""
