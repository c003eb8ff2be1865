"""Films, recordings and voices that editors bring, as far as reading needs them."""
