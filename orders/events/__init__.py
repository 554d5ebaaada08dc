"""Events: evenings and days on which people write letters, proposed by anybody and published by a coordinator."""
