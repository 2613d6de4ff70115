"""What `bench.seed` is made of: texts, persons, journeys and the bulk loaders of the two databases."""
