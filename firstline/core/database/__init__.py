"""Django's two database back ends with a fault point around every commit."""
