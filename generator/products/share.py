from generator.items import Item
def plan_pictures(desk, lessons): return []
