from . import controllers, models, demo, tools, wizards
