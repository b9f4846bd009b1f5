from . import controllers, models, demo, tools, wizards
from .hooks import uninstall_hook
