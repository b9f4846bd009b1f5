"""Tests that run side by side: each worker of pytest-xdist has a database of its own."""

import os

import pytest


@pytest.hookimpl(tryfirst=True, wrapper=True)
def pytest_cmdline_main(config):
    """Name the worker's database before pytest-odoo opens it; ``scripts/test`` made it."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        config.option.odoo_database += f"_{worker}"
    return (yield)
