"""What a paper announces and does not report, reports otherwise than announced, or says more strongly than it shows."""
