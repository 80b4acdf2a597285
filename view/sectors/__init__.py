"""The parts of the sectors page: sizes, build-up, heat map with countries, durations and delivery."""
