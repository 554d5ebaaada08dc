"""Tests of `orders.counts`."""
