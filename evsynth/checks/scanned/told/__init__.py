"""What running text tells: totals and their parts, shares, rates, intervals and P values printed in one sentence."""
