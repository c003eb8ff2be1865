"""Rules about registers: numbers, editions, demands, visits, and what a release asks of them."""
