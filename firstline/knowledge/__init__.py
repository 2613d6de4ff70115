"""Articles, flowcharts and bulletins."""
