"""What the window is made of; each widget shows values it is given and knows neither engine threads nor the others."""
