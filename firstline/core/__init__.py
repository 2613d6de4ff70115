"""What every floor may use and what knows no word of the help desk: errors, text, time, configuration."""
