from . import performance_demo
