from . import story, telling
from .hooks import post_init_hook
