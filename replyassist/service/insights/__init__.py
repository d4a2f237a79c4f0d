"""What was done, in numbers without text: counted, summed up, and told by the API and on a page."""
