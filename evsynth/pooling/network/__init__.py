"""Network meta-analysis: several treatments compared through all studies that compare any of them."""

from __future__ import annotations

from evsynth.pooling.network.arm_counts import SparseFit
from evsynth.pooling.network.arms import PairwiseData, pairwise
from evsynth.pooling.network.components import ComponentFit, additive_components
from evsynth.pooling.network.conditional_likelihood import conditional_likelihood
from evsynth.pooling.network.contrasts import Contrasts, check_contrasts
from evsynth.pooling.network.decomposition import Decomposition, decompose
from evsynth.pooling.network.fitting import NetworkFit, NetworkModel, Pair, fit_contrasts, fit_network
from evsynth.pooling.network.funnel import FunnelPoint, comparison_adjusted
from evsynth.pooling.network.geometry import Geometry, geometry
from evsynth.pooling.network.mantel_haenszel import mantel_haenszel
from evsynth.pooling.network.ranking import League, PScore, league_table, p_scores
from evsynth.pooling.network.splitting import Split, split

__all__ = [
    "ComponentFit",
    "Contrasts",
    "Decomposition",
    "FunnelPoint",
    "Geometry",
    "League",
    "NetworkFit",
    "NetworkModel",
    "PScore",
    "Pair",
    "PairwiseData",
    "SparseFit",
    "Split",
    "additive_components",
    "check_contrasts",
    "comparison_adjusted",
    "conditional_likelihood",
    "decompose",
    "fit_contrasts",
    "fit_network",
    "geometry",
    "league_table",
    "mantel_haenszel",
    "p_scores",
    "pairwise",
    "split",
]
