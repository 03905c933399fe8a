"""The CCM workbench: Medicare Chronic Care Management decided month by month, from dated rules."""

__version__ = "0.1.0"
