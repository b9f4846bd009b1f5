from .story import Story
